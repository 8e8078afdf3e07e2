//! What production insists on.

use crate::given::{problem, problems, production, settings, variables};

#[test]
fn the_least_that_production_needs_is_enough() {
    let settings = settings(&production());
    assert!(settings.tokens.secrets().is_some());
    assert_eq!(None, settings.doors.open().next());
    assert!(!settings.features.api_docs);
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let problems = problems(&variables(&[("VESTIBULE_ENV", "production")]));
    let keys: Vec<&str> = problems.iter().filter_map(|problem| problem.split(':').next()).collect();
    let expected = [
        "server.public_url",
        "mail.from (built-in default.toml)",
        "mail.url",
        "tokens.access_secret",
        "tokens.refresh_secret",
    ];
    assert_eq!(expected.as_slice(), keys);
    let is_missing =
        |problem: &&String| problem.contains(": is missing; ") || problem.starts_with("mail.from (built-in");
    assert_eq!(problems.iter().filter(is_missing).count(), problems.len(), "{problems:#?}");
}

#[test]
fn mail_that_nobody_gets_is_refused() {
    let problem = problem(&production().with("VESTIBULE__MAIL__TRANSPORT", "capture"));
    assert!(problem.contains("must not be \"capture\" in production"), "{problem}");
}

#[test]
fn links_that_anybody_can_read_are_refused() {
    let problem = problem(&production().with("VESTIBULE__SERVER__PUBLIC_URL", "http://accounts.example.org"));
    assert!(problem.contains("must be https in production"), "{problem}");
}

#[test]
fn links_to_this_machine_need_no_encryption() {
    for url in ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"] {
        assert_eq!(url, settings(&production().with("VESTIBULE__SERVER__PUBLIC_URL", url)).server.public_url);
    }
}

#[test]
fn cheap_hashes_are_refused() {
    let problem = problem(&production().with("VESTIBULE__PASSWORD__BCRYPT_COST", "9"));
    assert!(problem.contains("must be from 10 to 16 in production"), "{problem}");
    assert_eq!(
        10,
        settings(&production().with("VESTIBULE__PASSWORD__BCRYPT_COST", "10")).password.bcrypt_cost
    );
}

#[test]
fn limits_that_are_off_are_refused() {
    let problem = problem(&production().with("VESTIBULE__RATE_LIMIT__ENABLED", "false"));
    assert!(
        problem.starts_with(
            "rate_limit.enabled (VESTIBULE__RATE_LIMIT__ENABLED): must not be false in production"
        ),
        "{problem}"
    );
}

#[test]
fn a_sender_at_this_machine_is_refused() {
    for from in
        ["no-reply@localhost", "V <no-reply@LOCALHOST>", "a@mail.localhost", "a@localhost.localdomain"]
    {
        let problem = problem(&production().with("VESTIBULE__MAIL__FROM", from));
        assert!(problem.contains("must not be at localhost in production"), "{problem}");
    }
    settings(&production().with("VESTIBULE__MAIL__FROM", "no-reply@localhost.example.org"));
}

/// The warnings of production with these variables too.
fn warnings(given: &[(&str, &str)]) -> Vec<String> {
    let source = given.iter().fold(production(), |source, (name, value)| source.with(name, *value));
    settings(&source).warnings().to_vec()
}

const SERVER: (&str, &str) = ("VESTIBULE__DATABASE__URL", "postgres://h/db");
const BUCKET: (&str, &str) = ("VESTIBULE__MEDIA__URL", "s3://bucket");
const REDIS: (&str, &str) = ("VESTIBULE__CACHE__URL", "redis://h");

#[test]
fn what_several_servers_cannot_share_is_told_where_they_share_a_database() {
    assert_eq!(warnings(&[]), Vec::<String>::new());
    for url in ["postgres://h/db", "mysql://h/db", "mariadb://h/db"] {
        let both = warnings(&[("VESTIBULE__DATABASE__URL", url)]);
        assert_eq!(both.len(), 2, "{both:#?}");
        assert!(
            both[0].starts_with("cache.url is \"memory\"") && both[1].starts_with("media.url is a folder")
        );
    }
    assert!(warnings(&[SERVER, BUCKET])[0].starts_with("cache.url"));
    assert!(warnings(&[SERVER, REDIS])[0].starts_with("media.url"));
    assert_eq!(warnings(&[SERVER, REDIS, BUCKET]), Vec::<String>::new());
    let development = crate::given::variables(&[SERVER]);
    assert_eq!(settings(&development).warnings(), Vec::<String>::new());
}

#[test]
fn a_server_for_every_network_that_trusts_no_proxy_is_told() {
    for host in ["0.0.0.0", "::"] {
        let given = ("VESTIBULE__SERVER__HOST", host);
        let told = warnings(&[given]).concat();
        assert!(
            told.starts_with(&format!("server.host is {host} and server.trusted_proxies is empty")),
            "{told}"
        );
        let proxies = ("VESTIBULE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8");
        assert_eq!(warnings(&[given, proxies]), Vec::<String>::new());
    }
    assert_eq!(warnings(&[("VESTIBULE__SERVER__HOST", "10.0.0.7")]), Vec::<String>::new());
}
