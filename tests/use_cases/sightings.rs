//! When sessions were last seen.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_application::accounts::{Administrator, ChangeRoleInput, Steward};
use vestibule_application::policy::{Rotation, SessionPolicy};
use vestibule_application::sessions::{
    ContinueSessionInput, Device, LogInInput, LoggedIn, RefreshAccessInput,
};
use vestibule_domain::accounts::{AccountId, Password, Role};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{KEEPING, PASSWORD, ROTATING, address};

on_stores![a_refresh_and_a_request_at_the_console_are_signs_of_life];

const ADA: &str = "ada@example.com";
const CONSOLE: SessionPolicy = SessionPolicy {
    surface: "console",
    access: Duration::from_mins(30),
    rotation: Rotation::Keep,
    ..ROTATING
};

async fn log_in(app: &UseCases, policy: SessionPolicy) -> LoggedIn {
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy,
    };
    app.services.log_in.execute(input).await.unwrap()
}

async fn refresh(app: &UseCases, token: &SecretToken, policy: SessionPolicy) -> bool {
    let input = RefreshAccessInput { refresh_token: token.clone(), policy };
    app.services.refresh_access.execute(input).await.is_ok()
}

/// When the only session was last seen.
async fn seen(app: &UseCases, account: AccountId) -> OffsetDateTime {
    let sessions = app.services.list_sessions.execute(Administrator::operator(), account).await.unwrap();
    assert_eq!(sessions.len(), 1);
    sessions[0].last_seen()
}

async fn keep(app: &UseCases) -> usize {
    app.services.keep_sightings.execute().await.unwrap()
}

async fn a_refresh_and_a_request_at_the_console_are_signs_of_life(store: Arc<dyn Store>) {
    let app = UseCases::with(|deps| deps.store = store);
    let account = app.member(ADA).await;
    let input = ChangeRoleInput { administrator: Administrator::operator(), account, role: Steward::LEAST };
    app.services.change_role.execute(input).await.unwrap();
    for policy in [ROTATING, KEEPING, CONSOLE] {
        let opened = log_in(&app, policy).await;
        assert_eq!((keep(&app).await, seen(&app, account).await), (0, app.clock.now()), "by the sign-in");
        app.clock.advance(Duration::from_mins(7));
        if policy == CONSOLE {
            let input = ContinueSessionInput { token: opened.access_token, policy };
            app.services.continue_session.execute(input).await.unwrap();
        } else {
            assert!(refresh(&app, &opened.refresh_token, policy).await);
        }
        assert_eq!(keep(&app).await, 1);
        assert_eq!(seen(&app, account).await, app.clock.now().truncate_to_minute(), "{policy:?}");
        let mut unit = app.deps.store.begin().await.unwrap();
        unit.sessions().revoke_all(account, None, app.clock.now()).await.unwrap();
        unit.commit().await.unwrap();
        app.clock.advance(Duration::from_mins(10));
    }
}

#[tokio::test]
async fn within_the_minute_of_the_sign_in_a_session_was_seen_at_the_sign_in() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let opened = log_in(&app, KEEPING).await;
    let began = app.clock.now();
    app.clock.advance(Duration::from_secs(20));
    assert!(refresh(&app, &opened.refresh_token, KEEPING).await);
    assert_eq!((keep(&app).await, seen(&app, account).await), (1, began));
}

#[tokio::test]
async fn a_refusal_is_no_sign_of_life() {
    let app = UseCases::new();
    app.member(ADA).await;
    let opened = log_in(&app, KEEPING).await;
    assert!(!refresh(&app, &opened.refresh_token, ROTATING).await);
    assert!(!refresh(&app, &opened.access_token, KEEPING).await);
    assert_eq!(keep(&app).await, 0);
}

#[tokio::test]
async fn what_could_not_be_noted_waits_and_a_refresh_asks_the_store_no_more_than_before() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let opened = log_in(&app, KEEPING).await;
    app.clock.advance(Duration::from_mins(5));
    let calls = app.faults.calls();
    assert!(refresh(&app, &opened.refresh_token, KEEPING).await);
    // The record of the token, and the state of the session.
    assert_eq!(app.faults.calls() - calls, 2);
    app.faults.fail_call(1, Fault::Unavailable);
    app.services.keep_sightings.execute().await.unwrap_err();
    assert_eq!(keep(&app).await, 1);
    assert_eq!(seen(&app, account).await, app.clock.now().truncate_to_minute());
    assert_eq!(keep(&app).await, 0);
}

#[tokio::test]
async fn a_moderator_who_looks_at_pages_writes_nothing() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let input = ChangeRoleInput { administrator: Administrator::operator(), account, role: Role::Moderator };
    app.services.change_role.execute(input).await.unwrap();
    let token = log_in(&app, CONSOLE).await.access_token;
    let input = || ContinueSessionInput { token: token.clone(), policy: CONSOLE };
    app.services.continue_session.execute(input()).await.unwrap();
    let calls = app.faults.calls();
    app.clock.advance(Duration::from_secs(2));
    app.services.continue_session.execute(input()).await.unwrap();
    assert_eq!(app.faults.calls(), calls, "the state is kept");
}

#[tokio::test]
async fn a_node_whose_clock_was_ahead_hides_no_later_sign_of_life() {
    let app = UseCases::new();
    let account = app.member(ADA).await;
    let opened = log_in(&app, KEEPING).await;
    let began = app.clock.now();
    app.clock.advance(Duration::from_hours(48));
    assert!(refresh(&app, &opened.refresh_token, KEEPING).await);
    assert_eq!(keep(&app).await, 1);
    app.clock.set(began + Duration::from_mins(5));
    assert_eq!(seen(&app, account).await, began, "nobody was seen in two days from now");
    assert!(refresh(&app, &opened.refresh_token, KEEPING).await);
    assert_eq!(keep(&app).await, 1);
    assert_eq!(seen(&app, account).await, app.clock.now().truncate_to_minute());
}
