//! What is counted, and how it is written.

use std::sync::Arc;
use std::time::Duration;

use time::macros::date;
use uuid::Uuid;
use vestibule_application::accounts::Steward;
use vestibule_application::audit::Origin;
use vestibule_application::points::{ChangePointsError, ChangePointsInput};
use vestibule_application::policy::Retention;
use vestibule_application::sessions::{Device, LogInInput};
use vestibule_application::statistics::KeepCountsError;
use vestibule_application::{Actor, Services};
use vestibule_domain::accounts::{Password, Role};
use vestibule_domain::points::{Points, PointsKind};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::statistics::{CountKind, DailyCount};
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![two_nodes_that_write_at_once_make_one_number];

const ADA: &str = "ada@example.com";
const DAY: Duration = Duration::from_hours(24);

/// What comes from a surface.
async fn at<F: Future>(surface: &'static str, work: F) -> F::Output {
    Origin::request(Uuid::nil(), None).at_surface(surface).scope(work).await
}

/// Tries to log in. Whether it succeeded.
async fn log_in(app: &UseCases, email: &str, password: &str) -> bool {
    let input = LogInInput {
        identifier: address(email).into(),
        password: Password::new(password),
        device: Device::default(),
        policy: ROTATING,
    };
    app.services.log_in.execute(input).await.is_ok()
}

async fn move_points(
    app: &UseCases,
    actor: Actor,
    kind: PointsKind,
    points: i64,
) -> Result<(), ChangePointsError> {
    let input = ChangePointsInput {
        actor,
        account: None,
        kind,
        points: Some(Points::new(points).unwrap()),
        reason: None,
        is_self_credit_open: true,
        idempotency_key: None,
    };
    app.services.change_points.execute(input).await.map(|_changed| ())
}

/// What is in the store, as (surface, kind, amount) of all days.
async fn counted(store: &dyn Store) -> Vec<(String, CountKind, u64)> {
    let counts = store.repositories().daily_counts().since(date!(2000 - 01 - 01)).await.unwrap();
    counts.into_iter().map(|DailyCount { surface, kind, amount, .. }| (surface, kind, amount)).collect()
}

/// The same, after a write.
async fn kept(app: &UseCases) -> Vec<(String, CountKind, u64)> {
    app.services.keep_counts.execute().await.unwrap();
    counted(&*app.deps.store).await
}

fn of(surface: &str, kind: CountKind, amount: u64) -> (String, CountKind, u64) {
    (surface.to_owned(), kind, amount)
}

/// An account, nothing of which is counted any more.
async fn with_ada() -> UseCases {
    let app = UseCases::new();
    app.member(ADA).await;
    app.services.keep_counts.execute().await.unwrap();
    let before = app.clock.now().date().next_day().unwrap();
    app.deps.store.repositories().daily_counts().purge(before).await.unwrap();
    app
}

#[tokio::test]
async fn each_kind_counts_once_at_its_surface() {
    let app = UseCases::new();
    at("theater", app.registered(ADA)).await;
    // By the worker, which is at no surface.
    app.deliver().await;
    let theater = |kind, amount| of("theater", kind, amount);
    assert_eq!(kept(&app).await, [theater(CountKind::SignUps, 1), theater(CountKind::Mails, 1)]);

    let app = with_ada().await;
    assert!(at("points", log_in(&app, ADA, PASSWORD)).await);
    assert!(!at("points", log_in(&app, ADA, "wrong")).await);
    assert!(!at("mobile", log_in(&app, "nobody@example.com", "wrong")).await);
    let actor = app.actor(&app.log_in(ADA).await.access_token).await.unwrap();
    at("points", move_points(&app, actor, PointsKind::Add, 7)).await.unwrap();
    at("points", move_points(&app, actor, PointsKind::Deduct, 3)).await.unwrap();
    let expected = [
        of("mobile", CountKind::FailedLogIns, 1),
        of("points", CountKind::LogIns, 1),
        of("points", CountKind::FailedLogIns, 1),
        of("points", CountKind::PointsMoved, 10),
        of("worker", CountKind::LogIns, 1),
    ];
    assert_eq!(kept(&app).await, expected);
    assert_eq!(kept(&app).await, expected, "and no second time");
}

#[tokio::test]
async fn the_right_password_of_an_account_that_may_not_sign_in_is_a_failed_login() {
    let app = UseCases::new();
    app.registered(ADA).await;
    kept(&app).await;
    assert!(!log_in(&app, ADA, PASSWORD).await);
    assert!(kept(&app).await.contains(&of("worker", CountKind::FailedLogIns, 1)));
}

#[tokio::test]
async fn what_fails_is_not_counted() {
    let app = with_ada().await;
    let actor = app.actor(&app.log_in(ADA).await.access_token).await.unwrap();
    assert_eq!(kept(&app).await, [of("worker", CountKind::LogIns, 1)]);
    let refused = move_points(&app, actor, PointsKind::Deduct, 1).await;
    assert!(matches!(refused, Err(ChangePointsError::Insufficient)));
    app.faults.fail_commit(Fault::Unavailable);
    assert!(!log_in(&app, ADA, PASSWORD).await);
    app.faults.fail_commit(Fault::Unexpected);
    assert!(move_points(&app, actor, PointsKind::Add, 1).await.is_err());
    assert_eq!(kept(&app).await, [of("worker", CountKind::LogIns, 1)]);
}

#[tokio::test]
async fn what_the_store_has_tried_again_counts_once() {
    let app = with_ada().await;
    app.faults.fail_commit(Fault::Retryable);
    assert!(log_in(&app, ADA, PASSWORD).await);
    assert_eq!(kept(&app).await, [of("worker", CountKind::LogIns, 1)]);
}

#[tokio::test]
async fn without_anything_to_write_the_store_is_not_asked() {
    let app = with_ada().await;
    app.faults.fail_everything(Fault::Unavailable);
    assert_eq!(app.services.keep_counts.execute().await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_not_written_waits_for_the_next_write() {
    type Fail = fn(&UseCases);
    let fails: [Fail; 3] = [
        |app| app.faults.fail_begin(Fault::Unavailable),
        |app| app.faults.fail_call(1, Fault::Unexpected),
        |app| app.faults.fail_everything(Fault::Retryable),
    ];
    for fail in fails {
        let app = with_ada().await;
        assert!(log_in(&app, ADA, PASSWORD).await);
        fail(&app);
        let error = app.services.keep_counts.execute().await.unwrap_err();
        assert!(matches!(error, KeepCountsError::Waiting(_)), "{error:?}");
        app.faults.heal();
        assert!(log_in(&app, ADA, PASSWORD).await);
        assert_eq!(kept(&app).await, [of("worker", CountKind::LogIns, 2)]);
    }
}

#[tokio::test]
async fn a_write_that_the_store_gave_up_is_tried_again_at_once() {
    let app = with_ada().await;
    assert!(log_in(&app, ADA, PASSWORD).await);
    app.faults.fail_commit(Fault::Retryable);
    assert_eq!(kept(&app).await, [of("worker", CountKind::LogIns, 1)]);
}

#[tokio::test]
async fn what_may_have_been_written_is_not_written_again() {
    let app = with_ada().await;
    assert!(log_in(&app, ADA, PASSWORD).await);
    app.faults.fail_commit(Fault::Unavailable);
    let error = app.services.keep_counts.execute().await.unwrap_err();
    assert!(matches!(error, KeepCountsError::Unknown(_)), "{error:?}");
    assert!(kept(&app).await.is_empty());
}

async fn two_nodes_that_write_at_once_make_one_number(store: Arc<dyn Store>) {
    let node = || Arc::new(UseCases::with(|deps| deps.store = store.clone()));
    let nodes = [node(), node()];
    nodes[0].member(ADA).await;
    at_once(12, |number| {
        let node = nodes[number % 2].clone();
        async move {
            assert!(log_in(&node, ADA, PASSWORD).await);
            node.services.keep_counts.execute().await.unwrap();
        }
    })
    .await;
    for node in &nodes {
        node.services.keep_counts.execute().await.unwrap();
    }
    let worker = |kind, amount| of("worker", kind, amount);
    let expected =
        [worker(CountKind::SignUps, 1), worker(CountKind::LogIns, 12), worker(CountKind::Mails, 1)];
    assert_eq!(counted(&*store).await, expected);
}

async fn steward(app: &UseCases) -> Steward {
    let actor = app.actor(&app.log_in(ADA).await.access_token).await.unwrap();
    Steward::with_role(&Actor { role: Role::Moderator, ..actor }).unwrap()
}

#[tokio::test]
async fn thirty_days_are_shown_without_a_gap_and_nothing_of_others() {
    let app = with_ada().await;
    let steward = steward(&app).await;
    kept(&app).await;
    let first = app.clock.now().date();
    app.clock.advance(29 * DAY);
    let today = app.clock.now().date();
    let ahead = DailyCount {
        day: today.next_day().unwrap(),
        surface: "theater".to_owned(),
        kind: CountKind::LogIns,
        amount: 1,
    };
    app.deps.store.repositories().daily_counts().add(&[ahead]).await.unwrap();
    let shown = app.services.show_statistics.execute(steward).await.unwrap();
    assert_eq!((shown.days.len(), shown.days[0], shown.days[29]), (30, first, today));
    assert!(shown.days.iter().zip(&shown.days[1..]).all(|(one, next)| one.next_day() == Some(*next)));
    let counts: Vec<_> = shown.counts.iter().map(|count| (count.day, count.kind, count.amount)).collect();
    assert_eq!(counts, [(first, CountKind::LogIns, 1)]);
    app.clock.advance(DAY);
    let shown = app.services.show_statistics.execute(steward).await.unwrap();
    assert_eq!(shown.counts.iter().map(|count| count.day).collect::<Vec<_>>(), [app.clock.now().date()]);
}

#[tokio::test]
async fn days_are_kept_for_four_hundred_days() {
    const FOR_EVER: Retention = Retention {
        unactivated_accounts: None,
        parked_messages: None,
        sent_messages: None,
        audit_events: None,
        trashed_accounts: None,
    };
    let purge = async |services: &Services| {
        services.purge_expired.execute_while(FOR_EVER, || true).await.unwrap().unwrap().daily_counts
    };
    let app = with_ada().await;
    assert!(log_in(&app, ADA, PASSWORD).await);
    kept(&app).await;
    app.clock.advance(400 * DAY);
    assert_eq!(purge(&app.services).await, 0);
    app.clock.advance(DAY);
    assert_eq!(purge(&app.services).await, 1);
    assert!(counted(&*app.deps.store).await.is_empty());
}
