//! Password hashes of another day.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use vestibule_application::sessions::{Device, LogInError, LogInInput, LoggedIn, Mismatch};
use vestibule_domain::accounts::{Account, Password, PasswordHash};
use vestibule_domain::ports::{Clock, HashError, PasswordHasher, Verification};
use vestibule_domain::store::Store;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};
use vestibule_use_case_tests::{FixedClock, UseCases};

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

/// Changes the account's hash, once, while a password is compared with the old one.
struct Overtaken {
    hasher: Arc<dyn PasswordHasher>,
    store: Arc<dyn Store>,
    change: Mutex<Option<PasswordHash>>,
}

#[async_trait]
impl PasswordHasher for Overtaken {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.hasher.hash(password).await
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        let verification = self.hasher.verify(password, hash).await;
        let change = self.change.lock().unwrap().take();
        if let Some(hash) = change {
            let mut repositories = self.store.repositories();
            let account = repositories.accounts().by_email(&address(ADA)).await.unwrap().unwrap();
            repositories.accounts().set_password(account.id, &hash, FixedClock::START).await.unwrap();
        }
        verification
    }
}

async fn log_in_while_the_password_becomes(new: &str) -> Result<LoggedIn, LogInError> {
    let app = UseCases::new();
    app.member(ADA).await;
    let hash = app.deps.hasher.hash(&Password::new(new)).await.unwrap();
    let overtaken = UseCases::with(|deps| {
        deps.store = app.deps.store.clone();
        let (hasher, store) = (deps.hasher.clone(), deps.store.clone());
        deps.hasher = Arc::new(Overtaken { hasher, store, change: Mutex::new(Some(hash)) });
    });
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: ROTATING,
    };
    overtaken.services.log_in.execute(input).await
}

#[tokio::test]
async fn another_hash_of_the_same_password_lets_its_owner_in() {
    assert!(log_in_while_the_password_becomes(PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_password_that_was_replaced_meanwhile_lets_nobody_in() {
    let refused = log_in_while_the_password_becomes("another horse").await;
    assert!(matches!(refused, Err(LogInError::WrongCredentials(Mismatch::Password))));
}

#[tokio::test]
async fn a_stored_text_that_is_no_hash_lets_nobody_in() {
    let app = UseCases::new();
    app.member(ADA).await;
    for text in ["", PASSWORD, "$2b$04$short", "{sha256}", "!"] {
        set_hash(&app, text).await;
        let input = LogInInput {
            identifier: address(ADA).into(),
            password: Password::new(PASSWORD),
            device: Device::default(),
            policy: ROTATING,
        };
        let refused = app.services.log_in.execute(input).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{text}");
    }
}
