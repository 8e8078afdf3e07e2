//! Those whom the events are about.

use std::time::Duration;

use vestibule_application::Actor;
use vestibule_application::accounts::{Appointer, RegisterAtOnceInput, SignUpAs, SignUpInput};
use vestibule_application::policy::CodePolicy;
use vestibule_domain::accounts::Username;
use vestibule_domain::ports::Limit;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, address, new_password};

/// Codes as surfaces have them, one a minute.
pub(super) const CODES: CodePolicy = CodePolicy {
    life: Duration::from_mins(15),
    tries: 5,
    per_recipient: Limit { max: 1, window: Duration::from_mins(1) },
};

/// An active account that signs up with this name.
pub(super) fn sign_up(name: &str, role: SignUpAs) -> SignUpInput {
    SignUpInput {
        email: address(&format!("{name}@example.com")),
        username: Username::parse_lowercase(name).unwrap(),
        password: new_password(PASSWORD),
        role,
    }
}

/// One that logged in.
pub(super) async fn signed_in(app: &UseCases, name: &str) -> Actor {
    let session = app.log_in(&format!("{name}@example.com")).await;
    app.actor(&session.access_token).await.unwrap()
}

/// Signs up, and logs in.
pub(super) async fn user(app: &UseCases, name: &str) -> Actor {
    app.services.sign_up.execute(sign_up(name, SignUpAs::User)).await.unwrap();
    signed_in(app, name).await
}

/// An administrator, logged in.
pub(super) async fn admin(app: &UseCases, name: &str) -> Actor {
    let role = SignUpAs::Admin(Appointer::through_open_door());
    app.services.sign_up.execute(sign_up(name, role)).await.unwrap();
    signed_in(app, name).await
}

/// Registers an account that is active at once. Whether it was free.
pub(super) async fn register_at_once(app: &UseCases, email: &str) -> bool {
    let input = RegisterAtOnceInput {
        email: address(email),
        display_name: Some("Ada".to_owned()),
        phone_number: None,
        password: new_password(PASSWORD),
    };
    app.services.register_at_once.execute(input).await.is_ok()
}
