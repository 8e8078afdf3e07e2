//! Keeping one's own account.

use std::time::Duration;

use vestibule_application::accounts::{Administrator, NamedAccount, OwnerOrAdministrator};
use vestibule_application::policy::{Rotation, SessionPolicy, TokenSubject};
use vestibule_application::sessions::{
    ContinueSessionInput, Device, EndOtherSessionsError, EndOwnSessionError, Entered, LogInError, LogInInput,
};
use vestibule_application::trash::{RestoreAccountInput, TrashAccountInput};
use vestibule_application::{Actor, CodedError as _, codes};
use vestibule_domain::accounts::{AccountUuid, Password};
use vestibule_domain::audit::{AuditAction, AuditEvent, AuditFilter};
use vestibule_domain::ports::Clock as _;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, address};

const ADA: &str = "ada@example.com";
const PAGES: SessionPolicy = SessionPolicy {
    surface: "account",
    subject: TokenSubject::Uuid,
    access: Duration::from_mins(30),
    refresh: Duration::from_hours(12),
    session: Duration::from_hours(12),
    rotation: Rotation::Keep,
};

fn credentials(email: &str, password: &str) -> LogInInput {
    LogInInput {
        identifier: address(email).into(),
        password: Password::new(password),
        device: Device::default(),
        policy: PAGES,
    }
}

/// Signs in, and answers who that is.
async fn enter(app: &UseCases) -> Actor {
    let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await.unwrap();
    let Entered::LoggedIn(opened) = entered else { panic!("{entered:?}") };
    let input = ContinueSessionInput { token: opened.access_token, policy: PAGES };
    app.services.continue_session.execute(input).await.unwrap().actor
}

async fn with_ada() -> (UseCases, Actor) {
    let app = UseCases::new();
    app.member(ADA).await;
    let ada = enter(&app).await;
    (app, ada)
}

async fn trash(app: &UseCases, who: OwnerOrAdministrator) {
    let input = TrashAccountInput { who, reason: String::new() };
    app.services.trash_account.execute(input).await.unwrap();
}

async fn trash_own(app: &UseCases, actor: &Actor) {
    trash(app, OwnerOrAdministrator::of(actor, actor.uuid).unwrap()).await;
}

async fn is_active(app: &UseCases, account: AccountUuid) -> bool {
    let named = NamedAccount::Uuid(account);
    let found = app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap();
    found.deleted_at.is_none()
}

/// The newest event.
async fn newest(app: &UseCases) -> AuditEvent {
    let mut repositories = app.deps.store.repositories();
    repositories.audit().list(&AuditFilter::default(), None, 1).await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn an_owner_brings_back_what_he_moved_into_the_trash() {
    let (app, ada) = with_ada().await;
    trash_own(&app, &ada).await;
    let since = app.clock.now();
    app.clock.advance(Duration::from_hours(1));
    let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await.unwrap();
    assert!(matches!(entered, Entered::InTrash { since: told } if told == since), "{entered:?}");
    assert_eq!(newest(&app).await.action, AuditAction::LogInRefused);
    for password in ["wrong", ""] {
        let refused = app.services.restore_own_account.execute(credentials(ADA, password)).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
    }
    assert!(!is_active(&app, ada.uuid).await);
    app.clock.advance(Duration::from_hours(1));
    let opened = app.services.restore_own_account.execute(credentials(ADA, PASSWORD)).await.unwrap();
    assert_eq!(opened.account, ada.account);
    assert!(is_active(&app, ada.uuid).await);
    let filter = AuditFilter { action: Some(AuditAction::AccountRestored), ..AuditFilter::default() };
    let events = app.deps.store.repositories().audit().list(&filter, None, 10).await.unwrap();
    let [event] = &events[..] else { panic!("{events:?}") };
    assert_eq!((event.actor.account(), event.account), (Some(ada.uuid), Some(ada.uuid)));
}

#[tokio::test]
async fn what_others_moved_into_the_trash_stays_there() {
    let (app, ada) = with_ada().await;
    let admin = app.admin().await;
    let by_operator = OwnerOrAdministrator::operator(ada.uuid);
    trash(&app, by_operator).await;
    let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await;
    assert!(matches!(entered, Err(LogInError::WrongCredentials(_))), "{entered:?}");
    let refused = app.services.restore_own_account.execute(credentials(ADA, PASSWORD)).await;
    assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
    assert!(!is_active(&app, ada.uuid).await);
    // Once an administrator has restored it, it is as any other.
    let restore = RestoreAccountInput { administrator: admin, account: ada.uuid };
    app.services.restore_account.execute(restore).await.unwrap();
    app.services.restore_own_account.execute(credentials(ADA, PASSWORD)).await.unwrap();
}

#[tokio::test]
async fn what_is_being_removed_for_good_does_not_come_back() {
    let (app, ada) = with_ada().await;
    trash_own(&app, &ada).await;
    let now = app.clock.now();
    assert!(app.deps.store.repositories().trash().begin_removal(ada.account, now).await.unwrap());
    let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await;
    assert!(matches!(entered, Err(LogInError::WrongCredentials(_))), "{entered:?}");
    let refused = app.services.restore_own_account.execute(credentials(ADA, PASSWORD)).await;
    assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
}

#[tokio::test]
async fn one_s_sessions_are_ended_one_by_one_or_all_but_that_which_asks() {
    let (app, ada) = with_ada().await;
    let (second, third) = (enter(&app).await, enter(&app).await);
    app.member("eve@example.com").await;
    let eve = app.log_in("eve@example.com").await.session;
    app.clock.advance(Duration::from_secs(1));
    for session in [eve, second.session] {
        let ended = app.services.end_own_session.execute(&ada, session).await;
        assert_eq!(ended.is_ok(), session == second.session, "{ended:?}");
    }
    assert_eq!(newest(&app).await.action, AuditAction::LoggedOut);
    let again = app.services.end_own_session.execute(&ada, second.session).await;
    assert!(matches!(again, Err(EndOwnSessionError::NotFound)), "{again:?}");
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(app.services.end_other_sessions.execute(&ada).await.unwrap(), 1);
    let event = newest(&app).await;
    assert_eq!((event.action, event.actor.account()), (AuditAction::SessionsEnded, Some(ada.uuid)));
    let open = app.services.list_sessions.own(&ada).await.unwrap();
    assert_eq!(open.iter().map(|session| session.id).collect::<Vec<_>>(), [ada.session]);
    // A session that has ended ends none.
    let refused = app.services.end_other_sessions.execute(&third).await;
    assert!(matches!(refused, Err(EndOtherSessionsError::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn an_owner_archives_the_own_account_a_few_times_an_hour() {
    let (app, ada) = with_ada().await;
    let owner = OwnerOrAdministrator::of(&ada, ada.uuid).unwrap();
    let other = app.member("eve@example.com").await;
    assert!(app.services.archive_account.execute(owner, other).await.is_err(), "the proof is of one account");
    for _ in 0..4 {
        app.clock.advance(Duration::from_secs(1));
        let archive = app.services.archive_account.execute(owner, ada.account).await.unwrap();
        assert_eq!((archive.whole.details.uuid, archive.sessions.len()), (ada.uuid, 1));
        assert_eq!(archive.events[0].actor.account(), Some(ada.uuid));
    }
    let refused = app.services.archive_account.execute(owner, ada.account).await.unwrap_err();
    assert_eq!(refused.code(), codes::RATE_LIMITED);
    let operator = OwnerOrAdministrator::operator(ada.uuid);
    assert!(app.services.archive_account.execute(operator, ada.account).await.is_ok());
}
