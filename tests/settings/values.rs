//! Typed values, from variables and from files.

use std::net::IpAddr;
use std::time::Duration;

use vestibule_settings::{Mailbox, Source};

use crate::given::{problem, problems, settings, variables};

/// Lets strangers come: what they would find is not the matter here.
const ALLOWED: (&str, &str) = ("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true");

fn from_file(text: &str) -> (Source, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.toml"), text).unwrap();
    (Source::default().in_folder(folder.path()), folder)
}

#[test]
fn a_variable_is_read_as_the_type_of_its_key() {
    let settings = settings(&variables(&[
        ("VESTIBULE__RATE_LIMIT__ENABLED", "false"),
        ("VESTIBULE__PASSWORD__BCRYPT_COST", "5"),
        ("VESTIBULE__SURFACES__THEATER__ACCESS", "90s"),
        ("VESTIBULE__SERVER__MAX_BODY", "1MiB"),
        ("VESTIBULE__TOKENS__ISSUER", "1234"),
    ]));
    assert!(!settings.rate_limit.enabled);
    assert_eq!(5, settings.password.bcrypt_cost);
    assert_eq!(Duration::from_secs(90), settings.surfaces.of("theater").access);
    assert_eq!(1_048_576, settings.server.max_body);
    assert_eq!("1234", settings.tokens.issuer);
}

#[test]
fn a_file_keeps_the_types_of_toml() {
    let (source, _folder) = from_file("[server]\nport = \"8000\"\n[rate_limit]\nenabled = \"true\"\n");
    let problems = problems(&source);
    assert_eq!(2, problems.len(), "{problems:#?}");
    assert!(problems.first().unwrap().ends_with("must be a whole number from 0 to 65535"), "{problems:#?}");
    assert!(problems.last().unwrap().ends_with("must be true or false"), "{problems:#?}");
}

#[test]
fn a_size_in_a_file_may_be_a_number_of_bytes() {
    let (source, _folder) = from_file("[server]\nmax_body = 4096\n");
    assert_eq!(4096, settings(&source).server.max_body);
}

#[test]
fn a_list_in_a_variable_is_separated_by_commas() {
    let proxies = settings(&variables(&[
        ALLOWED,
        ("VESTIBULE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1,fd00::/8"),
    ]));
    let trusts = |address: &str| proxies.server.trusted_proxies.contains(address.parse::<IpAddr>().unwrap());
    assert!(trusts("10.9.8.7") && trusts("127.0.0.1") && trusts("fd12::1") && trusts("::ffff:10.0.0.1"));
    assert!(!trusts("11.0.0.1") && !trusts("127.0.0.2") && !trusts("fe80::1"));
}

#[test]
fn an_empty_variable_empties_a_list() {
    let (source, _folder) = from_file("[server]\ntrusted_proxies = [\"10.0.0.0/8\"]\n");
    let source = source.with(ALLOWED.0, ALLOWED.1);
    assert!(!settings(&source).server.trusted_proxies.is_empty());
    let source = source.with("VESTIBULE__SERVER__TRUSTED_PROXIES", "");
    assert!(settings(&source).server.trusted_proxies.is_empty());
}

#[test]
fn a_wrong_entry_of_a_list_is_named_by_its_place() {
    let problem = problem(&variables(&[("VESTIBULE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8,10.0.0.0/33")]));
    assert!(problem.contains("entry 2: must be an IP address or a network"), "{problem}");
}

#[test]
fn an_empty_variable_unsets_an_optional_key_and_is_refused_elsewhere() {
    let (source, _folder) = from_file("[server]\npublic_url = \"https://a.test\"\n");
    let source = source.with("VESTIBULE__SERVER__PUBLIC_URL", "");
    assert_eq!("http://127.0.0.1:8000", settings(&source).server.public_url);
    let problem = problem(&source.with("VESTIBULE__SERVER__HOST", ""));
    assert!(problem.starts_with("server.host (VESTIBULE__SERVER__HOST): must be "), "{problem}");
}

#[test]
fn the_public_url_follows_host_and_port() {
    let url = |host| {
        let source = variables(&[ALLOWED]);
        settings(&source.with("VESTIBULE__SERVER__HOST", host)).server.public_url
    };
    assert_eq!(
        ["http://[::1]:8000", "http://localhost:8000", "http://db-1:8000"],
        ["[::1]", "0.0.0.0", "db-1"].map(url)
    );
}

#[test]
fn a_public_url_is_kept_in_normal_form() {
    let url =
        |url| settings(&variables(&[ALLOWED, ("VESTIBULE__SERVER__PUBLIC_URL", url)])).server.public_url;
    assert_eq!(
        ["https://a.test", "https://a.test/accounts", "http://a.test:8080"],
        ["https://A.test:443", "https://a.test/accounts", "http://a.test:8080"].map(url)
    );
}

#[test]
fn a_sender_has_an_address_and_may_have_a_name() {
    let from = |from| settings(&variables(&[("VESTIBULE__MAIL__FROM", from)])).mail.from;
    let mailbox = |name: Option<&str>, address: &str| Mailbox {
        name: name.map(str::to_owned),
        address: address.to_owned(),
    };
    assert_eq!(mailbox(Some("Vestibule"), "no-reply@localhost"), from("Vestibule <no-reply@localhost>"));
    assert_eq!(mailbox(Some("A, B"), "a@b.test"), from("\"A, B\" <a@b.test>"));
    assert_eq!(mailbox(None, "a@b.test"), from("a@b.test"));
    assert_eq!(mailbox(Some("A \"B\" \\ C"), "a@b.test"), from(r#""A \"B\" \\ C" <a@b.test>"#));
    assert_eq!(mailbox(Some("Acme, Inc."), "a@b.org"), from("Acme, Inc. <a@b.org>"));
}

#[test]
fn the_domain_of_a_sender_is_written_in_ascii() {
    let from = settings(&variables(&[("VESTIBULE__MAIL__FROM", "Bücher <post@Bücher.example>")])).mail.from;
    assert_eq!("Bücher <post@xn--bcher-kva.example>", from.to_string());
}

#[test]
fn a_sender_is_shown_as_it_is_read() {
    for text in ["a@b.org", "A <a@b.org>", "\"Acme, Inc.\" <a@b.org>", r#""\"A\" \\" <a@b.org>"#] {
        let from = settings(&variables(&[("VESTIBULE__MAIL__FROM", text)])).mail.from;
        assert_eq!(text, from.to_string());
    }
}

#[test]
fn a_mail_server_is_told_the_host_of_the_public_url_unless_another_name_is_given() {
    let name = |variables_: &[(&str, &str)]| settings(&variables(variables_)).mail.hello_name;
    let at = |url| name(&[ALLOWED, ("VESTIBULE__SERVER__PUBLIC_URL", url)]);
    assert_eq!("accounts.example.org", at("https://accounts.example.org/accounts"));
    assert_eq!("xn--bcher-kva.example", at("https://bücher.example"));
    assert_eq!("192.0.2.1", at("https://192.0.2.1:8443"));
    assert_eq!("2001:db8::1", at("https://[2001:db8::1]"));
    let given = |given| name(&[("VESTIBULE__MAIL__HELLO_NAME", given)]);
    assert_eq!("mx.example.org", given("MX.example.org"));
    assert_eq!("2001:db8::1", given("2001:DB8::1"));
    assert_eq!("127.0.0.1", name(&[]));
}

#[test]
fn secrets_that_were_given_are_used_and_the_rest_is_generated() {
    use crate::given::{ACCESS, REFRESH};
    let tokens = settings(&variables(&[("VESTIBULE__TOKENS__ACCESS_SECRET", ACCESS)])).tokens;
    assert_eq!(None, tokens.secrets());
    let generated = vestibule_settings::DevelopmentSecrets {
        access: vestibule_settings::Secret::new("unused"),
        refresh: vestibule_settings::Secret::new(REFRESH),
    };
    let secrets = tokens.secrets_or(generated);
    assert_eq!((ACCESS, REFRESH), (secrets.access.reveal(), secrets.refresh.reveal()));
}

#[test]
fn tokens_have_no_audience_unless_one_is_given() {
    let tokens = |given: &[(&str, &str)]| settings(&variables(given)).tokens;
    let none = tokens(&[]);
    assert_eq!((None, None, Duration::from_mins(1)), (none.audience, none.former_audience, none.leeway));
    let some = tokens(&[
        ("VESTIBULE__TOKENS__AUDIENCE", "books"),
        ("VESTIBULE__TOKENS__FORMER_AUDIENCE", "vestibule"),
        ("VESTIBULE__TOKENS__LEEWAY", "5s"),
    ]);
    assert_eq!(
        (Some("books"), Some("vestibule"), Duration::from_secs(5)),
        (some.audience.as_deref(), some.former_audience.as_deref(), some.leeway)
    );
    assert_eq!(None, tokens(&[("VESTIBULE__TOKENS__AUDIENCE", "")]).audience);
}

#[test]
fn keys_of_one_surface_are_read_by_it() {
    let shown = |given: &[(&str, &str)]| settings(&variables(given)).show();
    let published = shown(&[]);
    assert!(published.contains("cors_origins = [\"http://localhost:3000\"]"), "{published}");
    assert!(published.contains("password_max = 10"), "{published}");
    let set = shown(&[
        ("VESTIBULE__SURFACES__CONTACTS__CORS_ORIGINS", "https://A.test/, http://b.test:8080"),
        ("VESTIBULE__SURFACES__CONTACTS__PASSWORD_MAX", "64"),
    ]);
    assert!(set.contains("cors_origins = [\"https://a.test\", \"http://b.test:8080\"]"), "{set}");
    assert!(set.contains("password_max = 64"), "{set}");
    assert!(published.contains("time_zone = \"UTC\""), "{published}");
    let zone = shown(&[("VESTIBULE__SURFACES__CONTACTS__TIME_ZONE", "europe/kyiv")]);
    assert!(zone.contains("time_zone = \"Europe/Kyiv\""), "{zone}");
    let none = shown(&[("VESTIBULE__SURFACES__CONTACTS__CORS_ORIGINS", "")]);
    assert!(none.contains("cors_origins = []"), "{none}");
}

#[test]
fn what_is_kept_for_a_time_can_be_kept_for_ever() {
    let kept = |value| {
        let variables = variables(&[("VESTIBULE__RETENTION__UNACTIVATED_ACCOUNTS", value)]);
        settings(&variables).retention.unactivated_accounts
    };
    assert_eq!(None, kept("never"));
    assert_eq!(Some(Duration::from_hours(48)), kept("2d"));
    let default = settings(&Source::default()).retention;
    let month = Some(Duration::from_hours(30 * 24));
    assert_eq!((month, month), (default.unactivated_accounts, default.parked_messages));
}

#[test]
fn of_sent_messages_nothing_is_kept_at_zero() {
    let kept = |value| {
        let read = settings(&variables(&[("VESTIBULE__RETENTION__SENT_MESSAGES", value)]));
        (read.retention.sent_messages, read.retention.keeps_sent_messages())
    };
    for none in ["0", "0d", "0s"] {
        assert_eq!((Some(Duration::ZERO), false), kept(none), "{none}");
    }
    assert_eq!((None, true), kept("never"));
    assert_eq!((Some(Duration::from_hours(48)), true), kept("2d"));
    let default = settings(&Source::default());
    assert_eq!(Some(Duration::from_hours(7 * 24)), default.retention.sent_messages);
    let shown = settings(&variables(&[("VESTIBULE__RETENTION__SENT_MESSAGES", "0d")])).show();
    assert!(shown.contains("\nsent_messages = \"0\"\n"), "{shown}");
}

#[test]
fn pages_that_call_points_are_named_or_every_one() {
    let shown = |value: &str| {
        let settings = settings(&variables(&[("VESTIBULE__SURFACES__POINTS__CORS_ORIGINS", value)]));
        settings.show().lines().rfind(|line| line.contains("cors_origins")).unwrap().to_owned()
    };
    assert_eq!(shown("*"), "cors_origins = [\"*\"]");
    assert_eq!(shown("https://App.example.org/"), "cors_origins = [\"https://app.example.org\"]");
    assert_eq!(shown(""), "# cors_origins is not set");
    let problem = problem(&variables(&[("VESTIBULE__SURFACES__POINTS__CORS_ORIGINS", "*.example.org")]));
    assert!(
        problem.contains("entry 1: must be an origin") && problem.ends_with("or \"*\" for every origin"),
        "{problem}"
    );
}

#[test]
fn points_speaks_french_or_english() {
    let key = "VESTIBULE__SURFACES__POINTS__LANGUAGE";
    assert!(settings(&variables(&[(key, "en")])).show().contains("\nlanguage = \"en\""));
    for wrong in ["de", "EN", "fr-FR"] {
        let problem = problem(&variables(&[(key, wrong)]));
        assert!(problem.ends_with("must be one of \"en\", \"fr\""), "{problem}");
    }
}
