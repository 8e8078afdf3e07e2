//! Points: who may change which balance, and once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use vestibule_application::Actor;
use vestibule_application::idempotency::IdempotencyKey;
use vestibule_application::points::{ChangePointsError, ChangePointsInput, PointsChanged};
use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::points::{Points, PointsKind};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::{Fault, FaultyStore};
use vestibule_use_case_tests::{UseCases, at_once};

on_stores![
    sixty_deductions_at_once_of_a_balance_of_fifty,
    one_key_at_once_changes_the_balance_once,
    an_administrator_who_was_demoted_meanwhile_changes_no_balance,
    an_administrator_is_not_demoted_in_the_middle_of_a_change,
    a_request_that_is_cut_off_leaves_its_key_free,
    a_request_that_is_cut_off_after_its_commit_leaves_its_answer
];

const ADA: &str = "ada@example.com";

async fn member(app: &UseCases, email: &str) -> Actor {
    app.member(email).await;
    app.actor(&app.log_in(email).await.access_token).await.unwrap()
}

async fn admin(app: &UseCases) -> Actor {
    let actor = member(app, "admin@example.com").await;
    let now = app.clock.now();
    app.deps.store.repositories().accounts().set_role(actor.account, Role::Admin, now).await.unwrap();
    Actor { role: Role::Admin, ..actor }
}

fn input(actor: Actor, kind: PointsKind, points: i64) -> ChangePointsInput {
    ChangePointsInput {
        actor,
        account: None,
        kind,
        points: Some(Points::new(points).unwrap()),
        reason: None,
        is_self_credit_open: true,
        idempotency_key: None,
    }
}

fn add(actor: Actor, points: i64) -> ChangePointsInput {
    input(actor, PointsKind::Add, points)
}

fn keyed(input: ChangePointsInput, key: &str) -> ChangePointsInput {
    let points = input.points.map_or_else(String::new, |points| points.get().to_string());
    let key = IdempotencyKey::new("PUT /api/users/points/add", key, &[("points", &points)]);
    ChangePointsInput { idempotency_key: Some(key), ..input }
}

async fn change(app: &UseCases, input: ChangePointsInput) -> Result<PointsChanged, ChangePointsError> {
    app.services.change_points.execute(input).await
}

async fn balance(app: &UseCases, id: AccountId) -> i64 {
    app.deps.store.repositories().accounts().by_id(id).await.unwrap().unwrap().details.points
}

#[tokio::test]
async fn points_are_added_and_deducted() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    let added = change(&app, add(ada, 7)).await.unwrap();
    assert_eq!((added.points, added.balance), (7, 7));
    assert_eq!(change(&app, input(ada, PointsKind::Deduct, 7)).await.unwrap().balance, 0);
    let refused = change(&app, input(ada, PointsKind::Deduct, 1)).await;
    assert!(matches!(refused, Err(ChangePointsError::Insufficient)));
}

#[tokio::test]
async fn numbers_that_no_balance_can_have_are_refused() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    change(&app, add(ada, 1)).await.unwrap();
    let too_great = ChangePointsInput { points: None, ..add(ada, 0) };
    for input in [add(ada, i64::MAX), too_great] {
        assert!(matches!(change(&app, input).await, Err(ChangePointsError::OutOfRange)));
    }
    assert_eq!(balance(&app, ada.account).await, 1);
}

#[tokio::test]
async fn with_the_door_closed_only_administrators_add_points() {
    let app = UseCases::new();
    let (ada, admin) = (member(&app, ADA).await, admin(&app).await);
    let closed = |input| ChangePointsInput { is_self_credit_open: false, ..input };
    assert!(matches!(change(&app, closed(add(ada, 1))).await, Err(ChangePointsError::Forbidden)));
    assert!(change(&app, closed(input(ada, PointsKind::Deduct, 0))).await.is_ok());
    let for_ada = ChangePointsInput { account: Some(ada.uuid.0.to_string()), ..add(admin, 5) };
    assert_eq!(change(&app, closed(for_ada)).await.unwrap().balance, 5);
}

#[tokio::test]
async fn another_s_balance_is_an_administrator_s_alone() {
    let app = UseCases::new();
    let (ada, admin) = (member(&app, ADA).await, admin(&app).await);
    let named = |actor, id: String| ChangePointsInput { account: Some(id), ..add(actor, 1) };
    assert!(change(&app, named(ada, ada.uuid.0.to_string())).await.is_ok());
    let refused = change(&app, named(ada, admin.uuid.0.to_string())).await;
    assert!(matches!(refused, Err(ChangePointsError::Forbidden)));
    for id in ["nobody".to_owned(), uuid::Uuid::from_u128(4).to_string()] {
        assert!(matches!(change(&app, named(admin, id)).await, Err(ChangePointsError::NotFound)));
    }
}

#[tokio::test]
async fn a_key_gives_the_first_answer_again_for_a_day() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    let first = change(&app, keyed(add(ada, 5), "key")).await.unwrap();
    change(&app, add(ada, 1)).await.unwrap();
    assert_eq!(change(&app, keyed(add(ada, 5), "key")).await.unwrap(), first);
    let other = change(&app, keyed(add(ada, 6), "key")).await;
    assert!(matches!(other, Err(ChangePointsError::KeyReused)));
    assert_eq!(balance(&app, ada.account).await, 6);
    app.clock.advance(Duration::from_hours(24));
    assert_eq!(change(&app, keyed(add(ada, 6), "key")).await.unwrap().balance, 12);
}

#[tokio::test]
async fn a_refusal_is_given_again_too() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    let deduct = || keyed(input(ada, PointsKind::Deduct, 5), "key");
    assert!(matches!(change(&app, deduct()).await, Err(ChangePointsError::Insufficient)));
    change(&app, add(ada, 5)).await.unwrap();
    assert!(matches!(change(&app, deduct()).await, Err(ChangePointsError::Insufficient)));
    assert_eq!(balance(&app, ada.account).await, 5);
}

#[tokio::test]
async fn a_failure_is_tried_anew_and_nothing_is_done_twice() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    app.faults.fail_commit(Fault::Unexpected);
    assert!(matches!(change(&app, keyed(add(ada, 5), "key")).await, Err(ChangePointsError::Failure(_))));
    assert_eq!(balance(&app, ada.account).await, 0);
    assert_eq!(change(&app, keyed(add(ada, 5), "key")).await.unwrap().balance, 5);
    assert_eq!(change(&app, keyed(add(ada, 5), "key")).await.unwrap().balance, 5);
    assert_eq!(balance(&app, ada.account).await, 5);
}

#[tokio::test]
async fn a_claim_whose_answer_is_lost_leaves_its_key_free() {
    let app = UseCases::new();
    let ada = member(&app, ADA).await;
    app.faults.lose_answer(1, Fault::Unavailable);
    let lost = change(&app, keyed(add(ada, 5), "key")).await;
    assert!(matches!(lost, Err(ChangePointsError::Failure(_))), "{lost:?}");
    assert_eq!(answered(&app, || keyed(add(ada, 5), "key")).await.balance, 5);
    assert_eq!(balance(&app, ada.account).await, 5);
}

/// How many of 60 changes at once are made, and with which errors the others ended.
async fn sixty(
    app: &Arc<UseCases>,
    input: impl Fn() -> ChangePointsInput,
) -> Vec<Result<PointsChanged, ChangePointsError>> {
    at_once(60, |_| {
        let (app, input) = (Arc::clone(app), input());
        async move { app.services.change_points.execute(input).await }
    })
    .await
}

async fn sixty_deductions_at_once_of_a_balance_of_fifty(store: Arc<dyn Store>) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    let ada = member(&app, ADA).await;
    change(&app, add(ada, 50)).await.unwrap();
    let done = sixty(&app, || input(ada, PointsKind::Deduct, 1)).await;
    let made = done.iter().filter(|done| done.is_ok()).count();
    let refused = done.iter().filter(|done| matches!(done, Err(ChangePointsError::Insufficient))).count();
    assert_eq!((made, refused, balance(&app, ada.account).await), (50, 10, 0), "{done:?}");
}

async fn one_key_at_once_changes_the_balance_once(store: Arc<dyn Store>) {
    let app = Arc::new(UseCases::with(|deps| deps.store = store));
    let ada = member(&app, ADA).await;
    let done = sixty(&app, || keyed(add(ada, 5), "key")).await;
    for done in &done {
        let is_expected = match done {
            Ok(changed) => changed.balance == 5,
            Err(error) => matches!(error, ChangePointsError::KeyUnderWay),
        };
        assert!(is_expected, "{done:?}");
    }
    assert_eq!(balance(&app, ada.account).await, 5);
    assert_eq!(change(&app, keyed(add(ada, 5), "key")).await.unwrap().balance, 5);
}

/// Use cases on a store that can be interrupted.
fn interrupted(store: Arc<dyn Store>) -> (Arc<UseCases>, FaultyStore) {
    let faults = FaultyStore::new(store);
    (Arc::new(UseCases::with(|deps| deps.store = Arc::new(faults.clone()))), faults)
}

async fn demote(app: &UseCases, actor: Actor) {
    let now = app.clock.now();
    app.deps.store.repositories().accounts().set_role(actor.account, Role::User, now).await.unwrap();
}

async fn an_administrator_who_was_demoted_meanwhile_changes_no_balance(store: Arc<dyn Store>) {
    let (app, faults) = interrupted(store);
    let (ada, admin) = (member(&app, ADA).await, admin(&app).await);
    let others = |actor| ChangePointsInput { account: Some(ada.uuid.0.to_string()), ..add(actor, 5) };
    assert!(change(&app, others(admin)).await.is_ok());
    let other = Arc::clone(&app);
    // The role was looked at before the unit of work.
    faults.before_begin(1, async move { demote(&other, admin).await });
    assert!(matches!(change(&app, others(admin)).await, Err(ChangePointsError::Forbidden)));
    // The same holds under a key, whose answer it is, and for an own balance where only administrators may add.
    for _ in 0..2 {
        let refused = change(&app, keyed(others(admin), "key")).await;
        assert!(matches!(refused, Err(ChangePointsError::Forbidden)), "{refused:?}");
    }
    let own = ChangePointsInput { is_self_credit_open: false, ..add(admin, 5) };
    assert!(matches!(change(&app, own).await, Err(ChangePointsError::Forbidden)));
    assert_eq!((balance(&app, ada.account).await, balance(&app, admin.account).await), (5, 0));
    // What is everybody's right stays.
    assert!(change(&app, add(admin, 1)).await.is_ok());
}

async fn an_administrator_is_not_demoted_in_the_middle_of_a_change(store: Arc<dyn Store>) {
    let (app, faults) = interrupted(store);
    let (ada, admin) = (member(&app, ADA).await, admin(&app).await);
    let others = ChangePointsInput { account: Some(ada.uuid.0.to_string()), ..add(admin, 5) };
    let (other, demotion) = (Arc::clone(&app), Arc::new(tokio::sync::Mutex::new(None)));
    let begun = Arc::clone(&demotion);
    // The calls of the unit: the account is read, both are locked, the balance changes. Whoever demotes waits meanwhile.
    faults.before_call(3, async move {
        let demotion = tokio::spawn(async move { demote(&other, admin).await });
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(!demotion.is_finished());
        *begun.lock().await = Some(demotion);
    });
    assert!(change(&app, others).await.is_ok());
    let demotion = demotion.lock().await.take().expect("somebody demotes");
    demotion.await.unwrap();
    assert_eq!(balance(&app, ada.account).await, 5);
}

/// Cuts a request off once it has come to the point that `stands` tells of.
async fn cut_off(app: &UseCases, input: ChangePointsInput, stands: Arc<tokio::sync::Notify>) {
    tokio::select! {
        done = change(app, input) => panic!("it came to its end: {done:?}"),
        () = stands.notified() => {}
    }
}

/// Says that it is reached, and never ends.
fn halt() -> (Arc<tokio::sync::Notify>, impl Future<Output = ()> + Send) {
    let stands = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&stands);
    let halt = async move {
        told.notify_one();
        std::future::pending::<()>().await;
    };
    (stands, halt)
}

/// The answer to the request once its key is not under way any more.
async fn answered(app: &UseCases, input: impl Fn() -> ChangePointsInput) -> PointsChanged {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        match change(app, input()).await {
            Err(ChangePointsError::KeyUnderWay) if Instant::now() < deadline => {
                tokio::task::yield_now().await;
            }
            done => return done.unwrap(),
        }
    }
}

async fn a_request_that_is_cut_off_leaves_its_key_free(store: Arc<dyn Store>) {
    let (app, faults) = interrupted(store);
    let ada = member(&app, ADA).await;
    // Right before the claim, before the unit reads the account, before it changes the balance, and before it keeps the
    // answer.
    for call in 1..=4 {
        let key = call.to_string();
        let request = || keyed(add(ada, 5), &key);
        let (stands, halt) = halt();
        faults.before_call(call, halt);
        cut_off(&app, request(), stands).await;
        let expected = 5 * i64::try_from(call).unwrap();
        assert_eq!(answered(&app, request).await.balance, expected);
        assert_eq!(change(&app, request()).await.unwrap().balance, expected);
        assert_eq!(balance(&app, ada.account).await, expected);
    }
}

async fn a_request_that_is_cut_off_after_its_commit_leaves_its_answer(store: Arc<dyn Store>) {
    let (app, faults) = interrupted(store);
    let ada = member(&app, ADA).await;
    let (stands, halt) = halt();
    faults.after_commit(halt);
    cut_off(&app, keyed(add(ada, 5), "key"), stands).await;
    change(&app, add(ada, 1)).await.unwrap();
    // Whoever gives the key back finds the answer.
    for _ in 0..20 {
        assert_eq!(change(&app, keyed(add(ada, 5), "key")).await.unwrap().balance, 5);
        tokio::task::yield_now().await;
    }
    assert_eq!(balance(&app, ada.account).await, 6);
}
