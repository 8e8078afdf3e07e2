//! Accounts as a server left them that kept one password and one token for each.

use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountToken, AccountTokenKind, AccountUuid, EmailAddress, Password, Role,
};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretDigest;
use vestibule_tests::TestApp;

/// Adds an account that waits for its activation, and answers the token that was mailed.
pub(crate) async fn waiting_account(app: &TestApp, email: &str, password: &str) -> String {
    let (now, secret) = (app.clock.now(), format!("an old token for {email}"));
    let details = AccountDetails {
        uuid: AccountUuid(Uuid::from_u128(7)),
        email: Some(EmailAddress::parse(email).unwrap()),
        username: None,
        display_name: Some("Ada".to_owned()),
        mobile: None,
        phone_number: None,
        hashed_password: app.deps.hasher.hash(&Password::new(password)).await.unwrap(),
        role: Role::User,
        is_active: false,
        email_verified_at: None,
        activated_at: None,
        points: 0,
        surface: None,
        created_at: now,
        updated_at: now,
        updated_by: None,
        deleted_at: None,
    };
    let mut repositories = app.deps.store.repositories();
    let account: AccountId = repositories.accounts().insert(&details).await.unwrap();
    let token = AccountToken {
        kind: AccountTokenKind::Activation,
        account,
        digest: SecretDigest::of(&secret),
        surface: None,
        created_at: now,
        expires_at: now + Duration::from_hours(24),
    };
    repositories.account_tokens().put(&token).await.unwrap();
    secret
}
