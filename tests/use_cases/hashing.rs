//! Password hashes of another day.

use vestibule_application::sessions::{Device, LogInError, LogInInput};
use vestibule_domain::accounts::{Account, Password, PasswordHash};
use vestibule_domain::ports::Clock;
use vestibule_tests::UseCases;
use vestibule_tests::use_cases::{PASSWORD, ROTATING, address};

const ADA: &str = "ada@example.com";

async fn account(app: &UseCases) -> Account {
    app.deps.store.repositories().accounts().by_email(&address(ADA)).await.unwrap().unwrap()
}

async fn set_hash(app: &UseCases, hash: &str) {
    let id = account(app).await.id;
    let hash = PasswordHash::new(hash);
    app.deps.store.repositories().accounts().set_password(id, &hash, app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn a_hash_of_an_original_is_accepted_and_upgraded_at_login() {
    let app = UseCases::new();
    app.member(ADA).await;
    // The same hash under an older identifier.
    let imported = account(&app).await.details.hashed_password.as_str().replacen("$2b$", "$2a$", 1);
    set_hash(&app, &imported).await;
    app.log_in(ADA).await;
    let upgraded = account(&app).await.details.hashed_password;
    assert!(upgraded.as_str().starts_with("$2b$04$"), "not upgraded");
    app.log_in(ADA).await;
    assert_eq!(account(&app).await.details.hashed_password, upgraded, "upgraded once");
}

#[tokio::test]
async fn a_stored_text_that_is_no_hash_lets_nobody_in() {
    let app = UseCases::new();
    app.member(ADA).await;
    for text in ["", PASSWORD, "$2b$04$short", "{sha256}", "!"] {
        set_hash(&app, text).await;
        let input = LogInInput {
            email: address(ADA),
            password: Password::new(PASSWORD),
            device: Device::default(),
            policy: ROTATING,
        };
        let refused = app.services.log_in.execute(input).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{text}");
    }
}
