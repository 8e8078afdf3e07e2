//! The oldest session ends where an account has too many.

use std::time::Duration;

use vestibule_application::sessions::{
    Device, LogInInput, LoggedIn, RefreshAccessError, RefreshAccessInput, VerifyAccessError,
};
use vestibule_domain::accounts::{AccountId, Password};
use vestibule_domain::sessions::SessionId;
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};

const ADA: &str = "ada@example.com";
const CAP: usize = 10;

fn capped() -> UseCases {
    UseCases::with(|deps| deps.sessions_per_account = CAP as u64)
}

/// Logs in, a second later each time.
async fn log_ins(app: &UseCases, count: usize) -> Vec<LoggedIn> {
    let mut sessions = Vec::new();
    for _ in 0..count {
        app.clock.advance(Duration::from_secs(1));
        sessions.push(app.log_in(ADA).await);
    }
    sessions
}

async fn is_open(app: &UseCases, session: &LoggedIn) -> bool {
    app.actor(&session.access_token).await.is_some()
}

async fn open(app: &UseCases, account: AccountId) -> Vec<SessionId> {
    app.deps.store.repositories().sessions().open(account).await.unwrap()
}

#[tokio::test]
async fn a_session_beyond_the_cap_ends_the_oldest_one_at_once() {
    let app = capped();
    app.member(ADA).await;
    let sessions = log_ins(&app, CAP).await;
    for session in &sessions {
        assert!(is_open(&app, session).await);
    }
    log_ins(&app, 1).await;
    let refused = app.services.verify_access.execute(sessions[0].access_token.reveal()).await;
    assert!(matches!(refused, Err(VerifyAccessError::Revoked)));
    let input = RefreshAccessInput { refresh_token: sessions[0].refresh_token.clone(), policy: ROTATING };
    let refused = app.services.refresh_access.execute(input).await;
    assert!(matches!(refused, Err(RefreshAccessError::Unknown)));
    for session in &sessions[1..] {
        assert!(is_open(&app, session).await);
    }
}

#[tokio::test]
async fn a_session_that_is_over_takes_no_place() {
    let app = capped();
    app.member(ADA).await;
    log_ins(&app, CAP / 2).await;
    app.clock.advance(ROTATING.session);
    let sessions = log_ins(&app, CAP).await;
    for session in &sessions {
        assert!(is_open(&app, session).await);
    }
}

#[tokio::test]
async fn a_login_that_fails_ends_no_session() {
    let app = capped();
    let account = app.member(ADA).await;
    let sessions = log_ins(&app, CAP).await;
    app.faults.fail_commit(Fault::Unexpected);
    let input = LogInInput {
        identifier: address(ADA).into(),
        password: Password::new(PASSWORD),
        device: Device::default(),
        policy: ROTATING,
    };
    assert!(app.services.log_in.execute(input).await.is_err());
    assert_eq!(open(&app, account).await.len(), CAP);
    assert!(is_open(&app, &sessions[0]).await);
}
