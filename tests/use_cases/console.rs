//! Sessions at the console.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_application::accounts::{Administrator, ChangeRoleInput, NamedAccount, Steward};
use vestibule_application::policy::{Rotation, SessionPolicy, TokenSubject};
use vestibule_application::sessions::{
    ContinueSessionError, ContinueSessionInput, ContinuedSession, Device, EndSessionError, EndSessionInput,
    LogInError, LogInInput, ProveAgainError, ProveAgainInput, VerifyAccessError,
};
use vestibule_domain::accounts::{AccountEdit, AccountId, Password, Role};
use vestibule_domain::audit::{AuditAction, AuditFilter};
use vestibule_domain::ports::{Limit, LimitDecision, RateLimitError, RateLimiter};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, address};

const ADA: &str = "ada@example.com";
const MINUTE: Duration = Duration::from_mins(1);
const CONSOLE: SessionPolicy = SessionPolicy {
    surface: "console",
    subject: TokenSubject::Uuid,
    access: Duration::from_mins(30),
    refresh: Duration::from_hours(12),
    session: Duration::from_hours(12),
    rotation: Rotation::Keep,
};

async fn log_in(app: &UseCases) -> Result<SecretToken, LogInError> {
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: CONSOLE,
    };
    Ok(app.services.log_in.execute_for(Steward::LEAST, input).await?.access_token)
}

async fn go_on(app: &UseCases, token: &SecretToken) -> Result<ContinuedSession, ContinueSessionError> {
    let input = ContinueSessionInput { token: token.clone(), policy: CONSOLE };
    app.services.continue_session.execute(input).await
}

async fn set_role(app: &UseCases, account: AccountId, role: Role) {
    let input = ChangeRoleInput { administrator: Administrator::operator(), account, role };
    app.services.change_role.execute(input).await.unwrap();
}

async fn with_moderator() -> (UseCases, AccountId) {
    let app = UseCases::new();
    let ada = app.member(ADA).await;
    set_role(&app, ada, Role::Moderator).await;
    (app, ada)
}

async fn actions(app: &UseCases) -> Vec<AuditAction> {
    let mut repositories = app.deps.store.repositories();
    let events = repositories.audit().list(&AuditFilter::default(), None, 100).await.unwrap();
    events.into_iter().map(|event| event.action.known().unwrap()).collect()
}

#[tokio::test]
async fn a_role_that_is_too_low_opens_no_session_and_is_told() {
    let app = UseCases::new();
    let ada = app.member(ADA).await;
    assert!(matches!(log_in(&app).await, Err(LogInError::RoleTooLow)));
    assert!(actions(&app).await.contains(&AuditAction::LogInRefused));
    let sessions = app.services.list_sessions.execute(Administrator::operator(), ada).await.unwrap();
    assert!(sessions.is_empty());
}

#[tokio::test]
async fn a_session_goes_on_by_tokens_that_replace_each_other() {
    let (app, _) = with_moderator().await;
    let first = log_in(&app).await.unwrap();
    assert!(go_on(&app, &first).await.unwrap().renewed.is_none());
    app.clock.advance(29 * MINUTE);
    let continued = go_on(&app, &first).await.unwrap();
    let second = continued.renewed.unwrap();
    app.clock.advance(29 * MINUTE);
    assert!(matches!(go_on(&app, &first).await, Err(ContinueSessionError::Expired)));
    let later = go_on(&app, &second).await.unwrap();
    assert_eq!((later.form_mark, later.actor), (continued.form_mark, continued.actor));
    app.clock.advance(30 * MINUTE);
    assert!(matches!(go_on(&app, &second).await, Err(ContinueSessionError::Expired)));
}

#[tokio::test]
async fn no_token_outlives_the_session() {
    let (app, _) = with_moderator().await;
    let mut token = log_in(&app).await.unwrap();
    for _ in 0..35 {
        app.clock.advance(20 * MINUTE);
        token = go_on(&app, &token).await.unwrap().renewed.unwrap();
    }
    app.clock.advance(20 * MINUTE);
    assert!(matches!(go_on(&app, &token).await, Err(ContinueSessionError::Expired)));
}

#[tokio::test]
async fn a_token_of_another_surface_is_none_and_each_session_has_its_mark() {
    let (app, _) = with_moderator().await;
    let elsewhere = app.log_in(ADA).await;
    let refused = go_on(&app, &elsewhere.access_token).await;
    assert!(matches!(refused, Err(ContinueSessionError::Revoked)));
    let refused = go_on(&app, &elsewhere.refresh_token).await;
    assert!(matches!(refused, Err(ContinueSessionError::Invalid)));
    let (one, other) = (log_in(&app).await.unwrap(), log_in(&app).await.unwrap());
    let marks = [go_on(&app, &one).await.unwrap().form_mark, go_on(&app, &other).await.unwrap().form_mark];
    assert_ne!(marks[0], marks[1]);
}

#[tokio::test]
async fn one_session_is_ended_and_the_others_stay() {
    let (app, ada) = with_moderator().await;
    let admin = app.admin().await;
    let (one, other) = (log_in(&app).await.unwrap(), log_in(&app).await.unwrap());
    let session = go_on(&app, &one).await.unwrap().actor.session;
    let end = async |account| {
        let input = EndSessionInput { administrator: admin, account, session };
        app.services.end_session.execute(input).await
    };
    // By way of another account it is not found.
    let elsewhere = app.member("eve@example.com").await;
    assert!(matches!(end(elsewhere).await, Err(EndSessionError::NotFound)));
    assert!(go_on(&app, &one).await.is_ok());
    let before = actions(&app).await.len();
    end(ada).await.unwrap();
    assert!(matches!(go_on(&app, &one).await, Err(ContinueSessionError::Revoked)));
    assert!(go_on(&app, &other).await.is_ok());
    assert!(matches!(end(ada).await, Err(EndSessionError::NotFound)));
    let told = actions(&app).await;
    assert_eq!((told.len(), told.contains(&AuditAction::SessionsEnded)), (before + 1, true));
}

#[tokio::test]
async fn who_may_not_any_more_ends_no_session() {
    let (app, ada) = with_moderator().await;
    let admin = app.admin().await;
    let token = log_in(&app).await.unwrap();
    let session = go_on(&app, &token).await.unwrap().actor.session;
    let other = app.member("eve@example.com").await;
    set_role(&app, other, Role::Admin).await;
    let named = NamedAccount::parse("admin@example.com").unwrap();
    let found = app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap();
    set_role(&app, found.account.id, Role::User).await;
    let input = EndSessionInput { administrator: admin, account: ada, session };
    assert!(matches!(app.services.end_session.execute(input).await, Err(EndSessionError::Forbidden)));
    assert!(go_on(&app, &token).await.is_ok());
}

#[tokio::test]
async fn the_password_is_needed_again_after_ten_minutes_and_opens_another_session() {
    let (app, _) = with_moderator().await;
    let token = log_in(&app).await.unwrap();
    let prove = async |token: &SecretToken, password: Option<&str>| {
        let input = ProveAgainInput {
            session: go_on(&app, token).await.unwrap(),
            password: password.map(Password::new),
            device: Device::default(),
            policy: CONSOLE,
        };
        app.services.prove_again.execute(input, |_| {}).await
    };
    app.clock.advance(10 * MINUTE - Duration::from_secs(1));
    assert!(matches!(prove(&token, None).await, Ok(None)));
    app.clock.advance(Duration::from_secs(1));
    assert!(matches!(prove(&token, None).await, Err(ProveAgainError::PasswordNeeded)));
    let wrong = prove(&token, Some("wrong")).await;
    assert!(matches!(wrong, Err(ProveAgainError::LogIn(LogInError::WrongCredentials(_)))));
    assert!(go_on(&app, &token).await.is_ok(), "a wrong password ends nothing");
    let opened = prove(&token, Some(PASSWORD)).await.unwrap().unwrap();
    assert!(matches!(go_on(&app, &token).await, Err(ContinueSessionError::Revoked)));
    assert!(go_on(&app, &opened.access_token).await.unwrap().is_proof_fresh);
}

#[tokio::test]
async fn a_token_of_the_console_is_none_elsewhere() {
    let (app, _) = with_moderator().await;
    let token = log_in(&app).await.unwrap();
    let refused = app.services.verify_access.execute(token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Revoked)), "{refused:?}");
    // The state is cached by now.
    assert!(app.actor(&token).await.is_none());
    assert!(go_on(&app, &token).await.is_ok());
}

async fn go_on_by(
    app: &UseCases,
    token: &SecretToken,
    session: Duration,
) -> Result<ContinuedSession, ContinueSessionError> {
    let input = ContinueSessionInput { token: token.clone(), policy: SessionPolicy { session, ..CONSOLE } };
    app.services.continue_session.execute(input).await
}

#[tokio::test]
async fn the_age_of_a_proof_is_that_of_the_sign_in_whatever_the_setting_is_by_now() {
    let (app, _) = with_moderator().await;
    let token = log_in(&app).await.unwrap();
    for hours in [1, 12, 24] {
        let session = Duration::from_hours(hours);
        assert!(go_on_by(&app, &token, session).await.unwrap().is_proof_fresh, "{hours}");
    }
    app.clock.advance(10 * MINUTE);
    for hours in [1, 12, 24] {
        let session = Duration::from_hours(hours);
        assert!(!go_on_by(&app, &token, session).await.unwrap().is_proof_fresh, "{hours}");
    }
}

#[tokio::test]
async fn a_shorter_life_holds_for_sessions_that_are_open() {
    let (app, _) = with_moderator().await;
    let mut token = log_in(&app).await.unwrap();
    for _ in 0..3 {
        app.clock.advance(20 * MINUTE);
        token = go_on(&app, &token).await.unwrap().renewed.unwrap();
    }
    let refused = go_on_by(&app, &token, Duration::from_hours(1)).await;
    assert!(matches!(refused, Err(ContinueSessionError::Revoked)));
    assert!(go_on(&app, &token).await.is_ok());
}

/// A limiter that once gives the address of one account to another, between the reading of the address and the login.
struct Swapping {
    store: Arc<dyn Store>,
    accounts: Mutex<Option<[AccountId; 2]>>,
}

impl Swapping {
    async fn swap(&self) {
        let accounts = self.accounts.lock().unwrap().take();
        let Some([from, to]) = accounts else { return };
        for (account, email) in [(from, "countess@example.com"), (to, ADA)] {
            let edit = AccountEdit {
                email: Some(address(email)),
                clears_email: false,
                username: None,
                mobile: None,
                updated_by: None,
                updated_at: OffsetDateTime::UNIX_EPOCH,
            };
            assert!(self.store.repositories().accounts().edit(account, &edit).await.unwrap());
        }
    }
}

#[async_trait]
impl RateLimiter for Swapping {
    async fn hit(&self, _: &str, _: Limit) -> Result<LimitDecision, RateLimitError> {
        self.swap().await;
        Ok(LimitDecision::Allowed)
    }

    async fn give_back(&self, _: &str) -> Result<(), RateLimitError> {
        Ok(())
    }

    async fn forget(&self, _: &str) -> Result<(), RateLimitError> {
        Ok(())
    }
}

#[tokio::test]
async fn the_password_of_another_account_that_has_the_address_by_now_proves_nothing() {
    let mut swapping = None;
    let app = UseCases::with(|deps| {
        let limiter = Arc::new(Swapping { store: deps.store.clone(), accounts: Mutex::default() });
        deps.limiter = limiter.clone();
        swapping = Some(limiter);
    });
    let (ada, eve) = (app.member(ADA).await, app.member("eve@example.com").await);
    set_role(&app, ada, Role::Moderator).await;
    set_role(&app, eve, Role::Admin).await;
    let token = log_in(&app).await.unwrap();
    app.clock.advance(10 * MINUTE);
    let session = go_on(&app, &token).await.unwrap();
    *swapping.unwrap().accounts.lock().unwrap() = Some([ada, eve]);
    let password = Some(Password::new(PASSWORD));
    let input = ProveAgainInput { session, password, device: Device::default(), policy: CONSOLE };
    let mut is_handed_over = false;
    let proved = app.services.prove_again.execute(input, |_| is_handed_over = true).await;
    assert!(matches!(proved, Err(ProveAgainError::PasswordNeeded)), "{proved:?}");
    assert!(!is_handed_over);
    let sessions = app.services.list_sessions.execute(Administrator::operator(), eve).await.unwrap();
    assert!(sessions.is_empty(), "the session of the other account is over");
    assert!(go_on(&app, &token).await.is_ok());
}
