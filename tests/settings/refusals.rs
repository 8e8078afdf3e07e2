//! What is refused in every environment.

use crate::given::{ACCESS, REFRESH, problem, problems, variables};

/// One variable, one problem, which is about the key and says this.
pub(crate) fn refused(variable: &str, value: &str, says: &str) {
    let key = variable.trim_start_matches("VESTIBULE__").replace("__", ".").to_lowercase();
    let problem = problem(&variables(&[(variable, value)]));
    assert!(problem.starts_with(&format!("{key} ({variable}): ")), "{problem}");
    assert!(problem.contains(says), "{problem}");
}

#[test]
fn a_port_that_is_none() {
    for port in ["-1", "65536", "http", "8000.0"] {
        refused("VESTIBULE__SERVER__PORT", port, "must be a whole number from 0 to 65535");
    }
}

#[test]
fn a_host_with_a_port_or_a_scheme() {
    for host in ["localhost:8000", "http://localhost", "a b", "-x"] {
        refused("VESTIBULE__SERVER__HOST", host, "must be an IP address or a host name");
    }
}

#[test]
fn a_host_of_requests_that_cannot_be_one() {
    for host in ["*", "http://web", "web:0", "a b", "web,*.example.org"] {
        refused("VESTIBULE__SERVER__HOSTS", host, "must be the name of a host or an IP address");
    }
}

#[test]
fn a_language_that_no_message_has() {
    for surface in ["THEATER", "CONTACTS", "ADMIN", "POINTS", "MOBILE"] {
        let variable = format!("VESTIBULE__SURFACES__{surface}__LANGUAGE");
        refused(&variable, "de", "must be one of \"en\", \"fr\"");
    }
}

#[test]
fn a_public_url_that_cannot_begin_a_link() {
    let urls = [
        "ftp://a.test",
        "https://a.test/",
        "https://a.test?x=1",
        "https://a.test#x",
        "https://me@a.test",
        "a.test",
    ];
    for url in urls {
        refused("VESTIBULE__SERVER__PUBLIC_URL", url, "must be an http or https address");
    }
}

#[test]
fn a_time_that_is_zero_or_no_time() {
    for key in ["REQUEST_TIMEOUT", "SHUTDOWN_TIMEOUT"] {
        refused(&format!("VESTIBULE__SERVER__{key}"), "0s", "must be longer than zero");
        refused(&format!("VESTIBULE__SERVER__{key}"), "30", "with a unit (ms, s, m, h, d)");
        refused(
            &format!("VESTIBULE__SERVER__{key}"),
            "99999999999999999999d",
            "must not be longer than 3650d",
        );
    }
}

#[test]
fn a_time_to_keep_that_is_neither_a_time_nor_never() {
    for key in ["UNACTIVATED_ACCOUNTS", "PARKED_MESSAGES"] {
        let variable = format!("VESTIBULE__RETENTION__{key}");
        refused(&variable, "0d", "must be longer than zero, or \"never\"");
        refused(&variable, "30", "with a unit (ms, s, m, h, d)");
        refused(&variable, "always", "or \"never\"");
    }
}

#[test]
fn a_size_that_is_zero_too_large_or_none() {
    for size in ["0", "2GiB", "99999999999999999999KiB", "many"] {
        refused("VESTIBULE__SERVER__MAX_BODY", size, "must be a size from 1B to 1GiB");
    }
}

#[test]
fn a_word_that_is_not_among_the_words() {
    refused("VESTIBULE__POSTURE", "open", "must be one of \"hardened\", \"documented\"");
    refused("VESTIBULE__LOG__LEVEL", "verbose", "must be one of ");
    refused("VESTIBULE__TOKENS__ALGORITHM", "none", "must be one of \"HS256\", \"HS384\", \"HS512\"");
    refused("VESTIBULE__MAIL__DEFAULT_LANGUAGE", "de", "must be one of \"en\", \"fr\"");
}

#[test]
fn a_flag_that_is_neither_true_nor_false() {
    refused("VESTIBULE__RATE_LIMIT__ENABLED", "yes", "must be true or false");
    refused("VESTIBULE__DOORS__CATALOGUE_WRITES", "1", "must be true or false");
}

#[test]
fn a_bcrypt_cost_out_of_range() {
    for cost in ["3", "17"] {
        refused("VESTIBULE__PASSWORD__BCRYPT_COST", cost, "must be a whole number from 4 to 16");
    }
}

#[test]
fn a_cap_of_sessions_out_of_range() {
    for cap in ["0", "9", "10001", "-1"] {
        let allowed = "must be a whole number from 10 to 10000";
        refused("VESTIBULE__SESSIONS__MAX_PER_ACCOUNT", cap, allowed);
    }
}

#[test]
fn a_cache_that_is_none() {
    let allowed = "must be \"memory\", a redis:// or rediss:// address, or several of them";
    for url in ["disk", "http://localhost", "redis:", "redis://", "localhost:6379", "redis://a.test,,b.test"]
    {
        refused("VESTIBULE__CACHE__URL", url, allowed);
    }
    refused("VESTIBULE__CACHE__URL", "redis://a.test/sessions", "a database by its number");
    refused("VESTIBULE__CACHE__URL", "rediss://a.test/#insecure", "certificates are always checked");
    refused("VESTIBULE__CACHE__URL", "rediss://a.test,redis://b.test", "with and without TLS");
    refused("VESTIBULE__CACHE__URL", "redis://a.test/1,b.test", "a cluster has only one");
}

#[test]
fn a_prefix_of_keys_that_means_more_than_it_says() {
    for prefix in ["{a}", "a*", "a b", &"a".repeat(65)] {
        refused("VESTIBULE__CACHE__PREFIX", prefix, "must be up to 64 letters, digits");
    }
}

#[test]
fn certificates_for_a_connection_without_tls() {
    refused("VESTIBULE__CACHE__CA_FILE", "ca.pem", "without a rediss:// address");
}

#[test]
fn smtp_without_a_server() {
    let problem = problem(&variables(&[("VESTIBULE__MAIL__TRANSPORT", "smtp")]));
    assert_eq!("mail.url: is missing; mail.transport = \"smtp\" needs it", problem);
}

#[test]
fn a_mail_server_that_is_none() {
    for url in ["https://mail.test", "smtp:mail.test", "mail.test:25"] {
        refused("VESTIBULE__MAIL__URL", url, "must be an smtp:// or smtps:// address");
    }
    refused("VESTIBULE__MAIL__URL", "file://", "or a file:// folder");
}

#[test]
fn a_sender_that_could_write_headers() {
    for from in ["nobody", "A <b@c", "a@b\r\nBcc: c@d.test", "A <b @c>", "@b"] {
        refused("VESTIBULE__MAIL__FROM", from, "must be a mail address on one line");
    }
}

#[test]
fn a_sender_whom_no_mailer_takes() {
    let long = format!("{}@b.test", "a".repeat(65));
    for from in [
        "jörg@b.test",
        "a..b@c.test",
        ".a@b.test",
        "a@b_c.test",
        "a@-b.test",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@b..test",
        "\"A <a@b.test>",
        "\"A\" B <a@b.test>",
        "\"A\\\" <a@b.test>",
        "a@b.test (A)",
        &long,
    ] {
        refused("VESTIBULE__MAIL__FROM", from, "must be a mail address on one line");
    }
}

#[test]
fn a_name_for_mail_servers_that_is_none() {
    for name in
        ["my machine", "mx.example.org:25", "[127.0.0.1]", "a_b", "mx.example.org\r\nQUIT", "https://a.test"]
    {
        refused("VESTIBULE__MAIL__HELLO_NAME", name, "must be the name of a host");
    }
}

#[test]
fn access_tokens_that_live_as_long_as_refresh_tokens() {
    for access in ["7d", "8d"] {
        let problem = problem(&variables(&[("VESTIBULE__SURFACES__THEATER__ACCESS", access)]));
        assert!(problem.ends_with("must be longer than surfaces.theater.access"), "{problem}");
    }
}

#[test]
fn a_leeway_that_helps_nobody_or_too_much() {
    for leeway in ["999ms", "121s"] {
        refused("VESTIBULE__TOKENS__LEEWAY", leeway, "must be from 1s to 2m");
    }
    refused("VESTIBULE__TOKENS__LEEWAY", "0s", "must be longer than zero");
}

#[test]
fn a_short_secret_in_any_environment() {
    for key in ["ACCESS_SECRET", "REFRESH_SECRET"] {
        refused(&format!("VESTIBULE__TOKENS__{key}"), &"x".repeat(31), "is too short");
    }
}

#[test]
fn equal_secrets_in_any_environment() {
    let problem = problem(&variables(&[
        ("VESTIBULE__TOKENS__ACCESS_SECRET", ACCESS),
        ("VESTIBULE__TOKENS__REFRESH_SECRET", ACCESS),
    ]));
    assert!(problem.contains("is the same as tokens.access_secret"), "{problem}");
}

#[test]
fn a_former_secret_that_is_another_one_or_weak() {
    let given = [("ACCESS_SECRET", ACCESS), ("REFRESH_SECRET", REFRESH)];
    for former in ["FORMER_ACCESS_SECRET", "FORMER_REFRESH_SECRET"] {
        let told = |value: &str| {
            let names = given.iter().copied().chain([(former, value)]);
            let names: Vec<_> =
                names.map(|(key, value)| (format!("VESTIBULE__TOKENS__{key}"), value)).collect();
            let names: Vec<_> = names.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            problem(&variables(&names))
        };
        assert!(told(ACCESS).contains("is the same as tokens.access_secret"), "{former}");
        assert!(told(REFRESH).contains("is the same as tokens.refresh_secret"), "{former}");
        assert!(told(&format!("{ACCESS}!")).contains("is tokens.access_secret with a tail"), "{former}");
        assert!(told("hunter2").contains("is too short"), "{former}");
    }
}

#[test]
fn two_secrets_that_are_short_and_equal_get_every_sentence() {
    let problems = problems(&variables(&[
        ("VESTIBULE__TOKENS__ACCESS_SECRET", "hunter2"),
        ("VESTIBULE__TOKENS__REFRESH_SECRET", "hunter2"),
    ]));
    assert_eq!(3, problems.len(), "{problems:#?}");
    assert!(!problems.concat().contains("hunter2"), "{problems:#?}");
}

#[test]
fn an_origin_that_is_none() {
    for origin in [
        "*",
        "null",
        "localhost:3000",
        "https://a.test/path",
        "https://a.test?x",
        "ftp://a.test",
        "https://a.test:443",
    ] {
        refused("VESTIBULE__SURFACES__CONTACTS__CORS_ORIGINS", origin, "entry 1: must be an origin");
    }
}

#[test]
fn a_greatest_length_below_the_least() {
    for most in ["5", "0", "1025", "ten"] {
        refused("VESTIBULE__SURFACES__CONTACTS__PASSWORD_MAX", most, "must be a whole number from 6 to 1024");
    }
}

#[test]
fn a_time_that_is_too_short_to_mean_anything() {
    refused("VESTIBULE__DATABASE__MAX_LIFETIME", "1ms", "must not be shorter than 10s");
    refused("VESTIBULE__RETENTION__PARKED_MESSAGES", "59m", "must not be shorter than 1h, or \"never\"");
    let shortest = "must not be shorter than 1h, or \"never\", or \"0\"";
    refused("VESTIBULE__RETENTION__SENT_MESSAGES", "59m", shortest);
}

#[test]
fn an_audience_that_is_blank_or_named_twice() {
    refused("VESTIBULE__TOKENS__AUDIENCE", " ", "must be text, and not empty");
    let both = [("VESTIBULE__TOKENS__AUDIENCE", "books"), ("VESTIBULE__TOKENS__FORMER_AUDIENCE", "books")];
    let problem = problem(&variables(&both));
    assert!(problem.contains("is the same as tokens.audience"), "{problem}");
}

#[test]
fn an_address_of_pictures_for_which_there_is_no_room() {
    let longest = format!("https://a.test/{}", "x".repeat(385));
    refused("VESTIBULE__MEDIA__PUBLIC_URL", &format!("{longest}x"), "at most 400 characters");
    crate::given::settings(&variables(&[("VESTIBULE__MEDIA__PUBLIC_URL", &longest)]));
}

#[test]
fn a_secret_that_can_be_guessed() {
    refused("VESTIBULE__TOKENS__ACCESS_SECRET", &"a".repeat(32), "openssl rand -base64 48");
}

#[test]
fn networks_that_hold_strangers_are_warned_of() {
    let warnings = |networks: &str| {
        let given = [
            ("VESTIBULE__SERVER__TRUSTED_PROXIES", networks),
            ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true"),
        ];
        crate::given::settings(&variables(&given)).warnings().to_vec()
    };
    for network in ["0.0.0.0/0", "::/0", "128.0.0.0/1", "2000::/3"] {
        let found = warnings(network);
        assert!(found.len() == 1 && found[0].starts_with("server.trusted_proxies: "), "{network} {found:?}");
    }
    assert_eq!(Vec::<String>::new(), warnings("127.0.0.1,10.0.0.0/8,172.16.0.0/12,fd00::/8,173.245.48.0/20"));
}

#[test]
fn a_parameter_of_an_address_that_the_driver_passes_over() {
    for url in [
        "postgres://u@h/d?pasword=canary",
        "postgres://u@h/d?ssl_mode=canary",
        "mysql://u@h/d?ssl_mode=canary",
    ] {
        refused("VESTIBULE__DATABASE__URL", url, "a parameter after ? that is not known; known are ");
        let problem = problem(&variables(&[("VESTIBULE__DATABASE__URL", url)]));
        assert!(!problem.contains("canary"), "{problem}");
    }
    let sslmode = "has a sslmode after ? that is none; it must be one of disable, ";
    refused("VESTIBULE__DATABASE__URL", "postgres://u@h/d?sslmode=verifyfull", sslmode);
    refused("VESTIBULE__DATABASE__URL", "mysql://u@h/d?ssl-mode=FOO", "it must be one of disabled, ");
    refused("VESTIBULE__DATABASE__URL", "sqlite://x?mode=foo", "it must be one of ro, rw, rwc, memory");
    refused("VESTIBULE__DATABASE__URL", "sqlite://x?key=canary", "a parameter after ? that is not known");
    for url in
        ["postgres://u@h/d?options[lock_timeout]=1s&sslmode=VERIFY-FULL", "mysql://u@h/d?ssl-mode=VERIFY_CA"]
    {
        crate::given::settings(&variables(&[("VESTIBULE__DATABASE__URL", url)]));
    }
}

#[test]
fn an_option_of_a_mail_server_that_is_none() {
    for url in ["smtp://h?tls=requierd", "smtps://h?tsl=none"] {
        refused("VESTIBULE__MAIL__URL", url, "tls=none or tls=required after ?, and nothing else");
    }
}

#[test]
fn a_refresh_secret_that_is_the_access_secret_with_a_tail() {
    let given = [
        ("VESTIBULE__TOKENS__ACCESS_SECRET", ACCESS.to_owned()),
        ("VESTIBULE__TOKENS__REFRESH_SECRET", format!("{ACCESS} ")),
    ];
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(problem(&variables(&given)).contains("with a tail"));
}

#[test]
fn what_is_given_and_not_used_is_warned_of() {
    let given = [
        ("VESTIBULE__MAIL__URL", "smtp://h"),
        ("VESTIBULE__SMS__URL", "https://h"),
        ("VESTIBULE__PASSWORD__BREACHED", "off"),
        ("VESTIBULE__PASSWORD__BREACHED_URL", "https://h"),
    ];
    let settings = crate::given::settings(&variables(&given));
    assert_eq!(
        settings.warnings(),
        [
            "mail.url is not used: mail.transport is \"capture\"",
            "sms.url is not used: sms.transport is \"capture\"",
            "password.breached_url is not used: password.breached is \"off\""
        ]
    );
}

#[test]
fn a_trusted_network_in_the_form_of_ipv6_is_that_of_ipv4() {
    let proxies = |networks: &str| {
        let given = [
            ("VESTIBULE__SERVER__TRUSTED_PROXIES", networks),
            ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true"),
        ];
        crate::given::settings(&variables(&given))
    };
    assert!(proxies("::ffff:10.0.0.0/104").server.trusted_proxies.contains("10.1.2.3".parse().unwrap()));
    assert_eq!(1, proxies("::ffff:0.0.0.0/96").warnings().len());
}

#[test]
fn a_time_zone_that_does_not_exist() {
    for zone in ["Europe/Kiew2", "CET+1", "+02:00", "local", "Europe / Kyiv", "../etc/passwd"] {
        let says = "must be a time zone by its IANA name, such as \"Europe/Kyiv\" or \"UTC\"";
        refused("VESTIBULE__SURFACES__CONTACTS__TIME_ZONE", zone, says);
    }
}
