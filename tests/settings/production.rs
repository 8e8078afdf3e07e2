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
    assert_eq!(vec!["server.public_url", "mail.url", "tokens.access_secret", "tokens.refresh_secret"], keys);
    assert!(problems.iter().all(|problem| problem.contains(": is missing; ")), "{problems:#?}");
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
