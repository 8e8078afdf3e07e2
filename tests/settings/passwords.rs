//! Which new passwords are refused.

use std::time::Duration;

use vestibule_settings::{Breached, BreachedUnreachable};

use crate::given::{problem, settings, variables};

const URL: &str = "VESTIBULE__PASSWORD__BREACHED_URL";

#[test]
fn surfaces_refuse_no_breached_password_by_default_and_no_service_is_asked() {
    let password = settings(&variables(&[])).password;
    assert_eq!(password.breached, Breached::Admins);
    assert_eq!(password.breached_url, None);
    assert_eq!(password.breached_timeout, Duration::from_secs(2));
    assert_eq!(password.breached_unreachable, BreachedUnreachable::Accept);
}

#[test]
fn a_service_of_breached_passwords_is_asked_in_the_clear_on_this_machine_alone() {
    for url in ["https://api.pwnedpasswords.com/range/", "http://127.0.0.1:8080/range", "http://localhost/"] {
        let settings = settings(&variables(&[(URL, url)]));
        assert_eq!(settings.password.breached_url.unwrap().reveal(), url);
    }
    for url in ["http://api.pwnedpasswords.com/range/", "ftp://127.0.0.1/", "api.pwnedpasswords.com"] {
        let problem = problem(&variables(&[(URL, url)]));
        assert!(problem.starts_with("password.breached_url"), "{problem}");
        assert!(problem.ends_with("must be an https:// address, or http:// on this machine"), "{problem}");
    }
}
