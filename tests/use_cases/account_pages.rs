//! Keeping one's own account.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;
use vestibule_application::accounts::{Administrator, ArchivedActor, NamedAccount, OwnerOrAdministrator};
use vestibule_application::policy::{Rotation, SessionPolicy, TokenSubject};
use vestibule_application::sessions::{
    ContinueSessionInput, Device, EndOtherSessionsError, EndOwnSessionError, Entered, LogInError, LogInInput,
    LoggedIn,
};
use vestibule_application::trash::{RestoreAccountInput, TrashAccountInput, TrashOwnAccountInput};
use vestibule_application::{Actor, CodedError as _, codes};
use vestibule_domain::accounts::{AccountUuid, Password, PasswordHash, Role};
use vestibule_domain::audit::{AuditAction, AuditActor, AuditEvent, AuditEventId, AuditFilter};
use vestibule_domain::points::{Points, PointsChange, PointsKind};
use vestibule_domain::ports::{Clock as _, HashError, PasswordHasher, Verification};
use vestibule_domain::secret::SecretDigest;
use vestibule_infrastructure::faulty::Fault;
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

/// A hasher that counts comparisons.
struct Counting {
    hasher: Arc<dyn PasswordHasher>,
    compared: Arc<AtomicUsize>,
}

#[async_trait]
impl PasswordHasher for Counting {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.hasher.hash(password).await
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        self.compared.fetch_add(1, Ordering::Relaxed);
        self.hasher.verify(password, hash).await
    }
}

/// With Ada, and a count of comparisons.
async fn with_counted() -> (UseCases, Actor, Arc<AtomicUsize>) {
    let compared = Arc::new(AtomicUsize::new(0));
    let app = UseCases::with(|deps| {
        deps.hasher = Arc::new(Counting { hasher: deps.hasher.clone(), compared: compared.clone() });
    });
    app.member(ADA).await;
    let ada = enter(&app).await;
    (app, ada, compared)
}

async fn set_role(app: &UseCases, actor: &Actor, role: Role) {
    let now = app.clock.now();
    app.deps.store.repositories().accounts().set_role(actor.account, role, now).await.unwrap();
}

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
    let input = TrashOwnAccountInput { actor: *actor, stays: None, language: None };
    app.services.trash_own_account.execute(input).await.unwrap();
}

/// Brings an account back with this password.
async fn restore_own(app: &UseCases, email: &str, password: &str) -> Result<LoggedIn, LogInError> {
    app.services.restore_own_account.execute(credentials(email, password), None).await
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
        let refused = restore_own(&app, ADA, password).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
    }
    assert!(!is_active(&app, ada.uuid).await);
    app.clock.advance(Duration::from_hours(1));
    let opened = restore_own(&app, ADA, PASSWORD).await.unwrap();
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
    let refused = restore_own(&app, ADA, PASSWORD).await;
    assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{refused:?}");
    assert!(!is_active(&app, ada.uuid).await);
    // Once an administrator has restored it, it is as any other.
    let restore = RestoreAccountInput { administrator: admin, account: ada.uuid };
    app.services.restore_account.execute(restore).await.unwrap();
    restore_own(&app, ADA, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_account_of_staff_comes_back_by_an_administrator_alone() {
    for role in [Role::Moderator, Role::Admin] {
        let (app, ada, compared) = with_counted().await;
        let admin = app.admin().await;
        set_role(&app, &ada, role).await;
        trash_own(&app, &ada).await;
        app.clock.advance(Duration::from_secs(1));
        let (before, calls) = (compared.load(Ordering::Relaxed), app.faults.calls());
        let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await;
        assert!(matches!(entered, Err(LogInError::WrongCredentials(_))), "{role}: {entered:?}");
        let event = newest(&app).await;
        assert_eq!((event.action.known(), event.account), (Some(AuditAction::LogInFailed), None), "{role}");
        let refused = restore_own(&app, ADA, PASSWORD).await;
        assert!(matches!(refused, Err(LogInError::WrongCredentials(_))), "{role}: {refused:?}");
        assert!(!is_active(&app, ada.uuid).await, "{role}");
        let cost = (compared.load(Ordering::Relaxed) - before, app.faults.calls() - calls);

        // It is answered as what an administrator moved there, after the same work.
        let restore = || RestoreAccountInput { administrator: admin, account: ada.uuid };
        app.services.restore_account.execute(restore()).await.unwrap();
        trash(&app, OwnerOrAdministrator::operator(ada.uuid)).await;
        let (before, calls) = (compared.load(Ordering::Relaxed), app.faults.calls());
        let of_other = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await;
        assert_eq!(format!("{entered:?}"), format!("{of_other:?}"), "{role}");
        newest(&app).await;
        let of_other = restore_own(&app, ADA, PASSWORD).await;
        assert_eq!(format!("{refused:?}"), format!("{of_other:?}"), "{role}");
        is_active(&app, ada.uuid).await;
        let of_other = (compared.load(Ordering::Relaxed) - before, app.faults.calls() - calls);
        assert_eq!(cost, of_other, "{role}: comparisons, and calls of the store");

        app.services.restore_account.execute(restore()).await.unwrap();
        restore_own(&app, ADA, PASSWORD).await.unwrap();
    }
}

#[tokio::test]
async fn coming_back_compares_the_password_once() {
    let (app, ada, compared) = with_counted().await;
    trash_own(&app, &ada).await;
    let before = compared.load(Ordering::Relaxed);
    restore_own(&app, ADA, PASSWORD).await.unwrap();
    assert_eq!(compared.load(Ordering::Relaxed) - before, 1);
    let before = compared.load(Ordering::Relaxed);
    restore_own(&app, "nobody@example.com", PASSWORD).await.unwrap_err();
    assert_eq!(compared.load(Ordering::Relaxed) - before, 1, "an unknown account costs the same");
}

#[tokio::test]
async fn what_is_being_removed_for_good_does_not_come_back() {
    let (app, ada) = with_ada().await;
    trash_own(&app, &ada).await;
    let now = app.clock.now();
    assert!(app.deps.store.repositories().trash().begin_removal(ada.account, now).await.unwrap());
    let entered = app.services.enter_account.execute(credentials(ADA, PASSWORD)).await;
    assert!(matches!(entered, Err(LogInError::WrongCredentials(_))), "{entered:?}");
    let refused = restore_own(&app, ADA, PASSWORD).await;
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
    assert_eq!(
        (event.action.known(), event.actor.account()),
        (Some(AuditAction::SessionsEnded), Some(ada.uuid))
    );
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
        assert_eq!(archive.events[0].by, ArchivedActor::Owner);
    }
    let refused = app.services.archive_account.execute(owner, ada.account).await.unwrap_err();
    assert_eq!(refused.code(), codes::RATE_LIMITED);
    let operator = OwnerOrAdministrator::operator(ada.uuid);
    assert!(app.services.archive_account.execute(operator, ada.account).await.is_ok());
}

#[tokio::test]
async fn an_archive_names_nobody_but_its_owner() {
    let (app, ada) = with_ada().await;
    let eve = app.member("eve@example.com").await;
    let actors = [
        AuditActor::Account(ada.uuid),
        AuditActor::Account(AccountUuid(Uuid::from_u128(7))),
        AuditActor::Anonymous,
        AuditActor::Operator,
    ];
    for (number, actor) in (1_u8..).zip(actors) {
        app.clock.advance(Duration::from_secs(1));
        let event = AuditEvent {
            id: AuditEventId(Uuid::from_u128(number.into())),
            at: app.clock.now(),
            actor,
            account: Some(ada.uuid),
            action: AuditAction::RoleChanged.into(),
            surface: "console".to_owned(),
            client: Some(format!("192.0.2.{number}")),
            request: Some(Uuid::from_u128(number.into())),
            details: Some("{}".to_owned()),
            times: 1,
        };
        app.deps.store.repositories().audit().append(&event).await.unwrap();
    }
    for actor in [Some(ada.account), Some(eve), None] {
        let change = PointsChange {
            account: ada.account,
            kind: PointsKind::Add,
            points: Points::new(7).unwrap(),
            reason: Some("a prize".to_owned()),
            actor,
            idempotency_key: Some(SecretDigest::of(&format!("{actor:?}"))),
            at: app.clock.now(),
        };
        app.deps.store.repositories().points().apply(&change).await.unwrap();
    }
    let operator = OwnerOrAdministrator::operator(ada.uuid);
    let archive = app.services.archive_account.execute(operator, ada.account).await.unwrap();
    let changes = archive.events.iter().filter(|event| event.action == AuditAction::RoleChanged);
    let told: Vec<_> = changes.map(|event| (event.by, event.client.as_deref(), event.request)).collect();
    let own = (ArchivedActor::Owner, Some("192.0.2.1"), Some(Uuid::from_u128(1)));
    let others = [ArchivedActor::Operator, ArchivedActor::Anonymous, ArchivedActor::Staff];
    assert_eq!(told, [others.map(|by| (by, None, None)).as_slice(), &[own]].concat());
    let of = |by: Option<ArchivedActor>, has_key: bool| (by, has_key, Some("a prize".to_owned()));
    let entries: Vec<_> = archive
        .points
        .iter()
        .map(|entry| (entry.by, entry.idempotency_key.is_some(), entry.reason.clone()))
        .collect();
    let [staff, owner] = [ArchivedActor::Staff, ArchivedActor::Owner].map(Some);
    assert_eq!(entries, [of(None, false), of(staff, false), of(owner, true)]);
}

#[tokio::test]
async fn an_archive_that_could_not_be_made_does_not_count() {
    let (app, ada) = with_ada().await;
    let owner = OwnerOrAdministrator::of(&ada, ada.uuid).unwrap();
    let archive = || app.services.archive_account.execute(owner, ada.account);
    for call in 1..=5 {
        app.faults.fail_call(call, Fault::Unexpected);
        assert_eq!(archive().await.unwrap_err().code(), codes::INTERNAL, "{call}");
        app.faults.heal();
    }
    archive().await.unwrap();
    app.services.archive_account.give_back(owner).await;
    for _ in 0..5 {
        archive().await.unwrap();
    }
    for _ in 0..2 {
        assert_eq!(archive().await.unwrap_err().code(), codes::RATE_LIMITED);
    }
    app.services.archive_account.give_back(owner).await;
    archive().await.expect("who was refused used up nothing");
}

#[tokio::test]
async fn eight_archives_are_made_at_once_and_who_finds_no_place_uses_up_nothing() {
    let (app, ada) = with_ada().await;
    let owner = OwnerOrAdministrator::of(&ada, ada.uuid).unwrap();
    let operator = OwnerOrAdministrator::operator(ada.uuid);
    let mut made = Vec::new();
    for _ in 0..8 {
        made.push(app.services.archive_account.execute(operator, ada.account).await.unwrap());
    }
    for _ in 0..6 {
        let refused = app.services.archive_account.execute(owner, ada.account).await.unwrap_err();
        assert_eq!(refused.code(), codes::UNAVAILABLE);
        assert!(refused.retry_after().is_some());
    }
    made.pop();
    for _ in 0..5 {
        app.services.archive_account.execute(owner, ada.account).await.unwrap();
    }
}
