//! Passwords that are known from breaches.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use vestibule_application::accounts::{
    Administrator, ChangePasswordError, ChangePasswordInput, CompletePasswordResetError,
    CompletePasswordResetInput, CreateAdminError, CreateAdminInput, RecoverPasswordError,
    RecoverPasswordInput, RegisterAccountError, RegisterAccountInput, RegisterAtOnceError,
    RegisterAtOnceInput, RegisterMobileError, RegisterMobileInput, RequestPasswordResetInput,
    SetOwnPasswordError, SetOwnPasswordInput, SignUpAs, SignUpError, SignUpInput,
};
use vestibule_application::policy::{BreachedPolicy, BreachedScope, CodePolicy, RecoveryPolicy};
use vestibule_application::{Actor, Failure};
use vestibule_domain::accounts::{MobileNumber, Password, Username};
use vestibule_domain::ports::{BreachedPasswords, BreachedPasswordsError, Limit};
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::memory::MemoryBreachedPasswords;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{
    ANY_PASSWORD, PASSWORD, REGISTRATION, RESET, address, new_password,
};

const ADA: &str = "ada@example.com";
/// What everybody knows.
const BREACHED: &str = "password1";
/// What nobody knows.
const SOUND: &str = "another password";
const CODES: CodePolicy =
    CodePolicy { life: Duration::from_mins(10), tries: 5, per_recipient: Limit::per_minute(3) };
const RECOVERY: RecoveryPolicy = RecoveryPolicy { token_life: Duration::from_mins(5), asks_for_proof: false };

/// Use cases that know one breached password, and look this scope up.
fn with_scope(scope: BreachedScope) -> UseCases {
    UseCases::with(|deps| {
        deps.breached = Arc::new(MemoryBreachedPasswords::of([BREACHED]));
        deps.breached_policy = BreachedPolicy { scope, accepts_unknown: false };
    })
}

fn registration(password: &str) -> RegisterAccountInput {
    RegisterAccountInput {
        email: address(ADA),
        display_name: None,
        password: new_password(password),
        client_address: None,
        language: None,
        policy: REGISTRATION,
    }
}

fn at_once(password: &str) -> RegisterAtOnceInput {
    let password = new_password(password);
    RegisterAtOnceInput { email: address(ADA), display_name: None, phone_number: None, password }
}

fn admin(password: &str) -> CreateAdminInput {
    CreateAdminInput {
        administrator: Administrator::operator(),
        email: address("admin@example.com"),
        username: None,
        password: new_password(password),
    }
}

async fn has_account(app: &UseCases) -> bool {
    app.deps.store.repositories().accounts().by_email(&address(ADA)).await.unwrap().is_some()
}

async fn signed_in(app: &UseCases) -> Actor {
    app.services.register_at_once.execute(at_once(PASSWORD)).await.unwrap();
    let session = app.log_in(ADA).await;
    app.actor(&session.access_token).await.unwrap()
}

#[tokio::test]
async fn nobody_registers_with_a_breached_password() {
    let app = with_scope(BreachedScope::Everyone);
    let refused = app.services.register_account.execute(registration(BREACHED)).await;
    assert!(matches!(refused, Err(RegisterAccountError::Breached)), "{refused:?}");
    let refused = app.services.register_at_once.execute(at_once(BREACHED)).await;
    assert!(matches!(refused, Err(RegisterAtOnceError::Breached)), "{refused:?}");
    let input = SignUpInput {
        email: address(ADA),
        username: Username::parse_lowercase("ada").unwrap(),
        password: new_password(BREACHED),
        role: SignUpAs::User,
    };
    let refused = app.services.sign_up.execute(input).await;
    assert!(matches!(refused, Err(SignUpError::Breached)), "{refused:?}");
    assert!(!has_account(&app).await);
    let input = RegisterMobileInput {
        username: Username::parse("ada").unwrap(),
        mobile: MobileNumber::parse("+33612345678").unwrap(),
        password: new_password(BREACHED),
        language: None,
        policy: CODES,
    };
    let refused = app.services.register_mobile.execute(input).await;
    assert!(matches!(refused, Err(RegisterMobileError::Breached)), "{refused:?}");
    app.services.register_account.execute(registration(SOUND)).await.unwrap();
}

/// Else the answer would tell whether there is an account.
#[tokio::test]
async fn a_breached_password_is_told_before_a_taken_address() {
    let app = with_scope(BreachedScope::Everyone);
    app.services.register_at_once.execute(at_once(PASSWORD)).await.unwrap();
    let refused = app.services.register_at_once.execute(at_once(BREACHED)).await;
    assert!(matches!(refused, Err(RegisterAtOnceError::Breached)), "{refused:?}");
    let refused = app.services.register_account.execute(registration(BREACHED)).await;
    assert!(matches!(refused, Err(RegisterAccountError::Breached)), "{refused:?}");
}

#[tokio::test]
async fn nobody_changes_to_a_breached_password_and_the_old_one_stays() {
    let app = with_scope(BreachedScope::Everyone);
    let actor = signed_in(&app).await;
    let input = SetOwnPasswordInput { actor, password: new_password(BREACHED), language: None };
    let refused = app.services.set_own_password.execute(input).await;
    assert!(matches!(refused, Err(SetOwnPasswordError::Breached)), "{refused:?}");
    let (old, new) = (Password::new(PASSWORD), new_password(BREACHED));
    let input = ChangePasswordInput { actor, account: actor.uuid, old, new, language: None };
    let refused = app.services.change_password.execute(input).await;
    assert!(matches!(refused, Err(ChangePasswordError::Breached)), "{refused:?}");
    app.log_in(ADA).await;
}

#[tokio::test]
async fn a_breached_password_does_not_use_a_reset_up() {
    let app = with_scope(BreachedScope::Everyone);
    signed_in(&app).await;
    let input = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    app.services.request_password_reset.execute(input).await.unwrap();
    let code = app.mailed_code(ADA).await;
    let reset = |password: &str| CompletePasswordResetInput {
        email: Some(address(ADA)),
        token: SecretToken::new(code.clone()),
        password: new_password(password),
        language: None,
    };
    let refused = app.services.complete_password_reset.execute(reset(BREACHED)).await;
    assert!(matches!(refused, Err(CompletePasswordResetError::Breached)), "{refused:?}");
    app.services.complete_password_reset.execute(reset(SOUND)).await.unwrap();
}

#[tokio::test]
async fn a_breached_password_does_not_use_a_recovery_up() {
    let app = with_scope(BreachedScope::Everyone);
    signed_in(&app).await;
    let token = app.services.issue_recovery.execute(&address(ADA), RECOVERY).await.unwrap().unwrap();
    let recovery = |password: &str| RecoverPasswordInput {
        token: token.clone(),
        password: password.to_owned(),
        password_policy: ANY_PASSWORD,
        client_address: None,
        language: None,
        policy: RECOVERY,
    };
    let refused = app.services.recover_password.execute(recovery(BREACHED)).await;
    assert!(matches!(refused, Err(RecoverPasswordError::Breached)), "{refused:?}");
    app.services.recover_password.execute(recovery(SOUND)).await.unwrap();
}

#[tokio::test]
async fn operators_create_no_administrator_with_a_breached_password_unless_nothing_is_looked_up() {
    for (scope, is_refused) in
        [(BreachedScope::Everyone, true), (BreachedScope::Admins, true), (BreachedScope::Nobody, false)]
    {
        let app = with_scope(scope);
        let created = app.services.create_admin.execute(admin(BREACHED)).await;
        assert_eq!(matches!(created, Err(CreateAdminError::Breached)), is_refused, "{scope:?} {created:?}");
        assert_eq!(created.is_ok(), !is_refused, "{scope:?} {created:?}");
    }
}

#[tokio::test]
async fn surfaces_look_nothing_up_unless_everybody_is_meant() {
    for scope in [BreachedScope::Admins, BreachedScope::Nobody] {
        let app = with_scope(scope);
        app.services.register_at_once.execute(at_once(BREACHED)).await.unwrap();
    }
}

/// A service that does not answer.
struct Away;

#[async_trait]
impl BreachedPasswords for Away {
    async fn knows(&self, _: &Password) -> Result<bool, BreachedPasswordsError> {
        Err(BreachedPasswordsError("it is away".into()))
    }
}

fn without_service(accepts_unknown: bool) -> UseCases {
    UseCases::with(|deps| {
        deps.breached = Arc::new(Away);
        deps.breached_policy = BreachedPolicy { scope: BreachedScope::Everyone, accepts_unknown };
    })
}

#[tokio::test]
async fn a_password_that_cannot_be_looked_up_is_accepted_where_the_settings_say_so() {
    let app = without_service(true);
    app.services.register_at_once.execute(at_once(BREACHED)).await.unwrap();
    assert!(has_account(&app).await);
}

#[tokio::test]
async fn a_password_that_cannot_be_looked_up_is_refused_for_the_moment_otherwise() {
    let app = without_service(false);
    let refused = app.services.register_at_once.execute(at_once(SOUND)).await;
    assert!(matches!(refused, Err(RegisterAtOnceError::Failure(Failure::Unavailable { .. }))), "{refused:?}");
    assert!(!has_account(&app).await);
}
