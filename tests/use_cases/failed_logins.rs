//! What counts as a failed login of a client.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use futures::poll;
use tokio::sync::Notify;
use tokio::task::yield_now;
use vestibule_application::policy::FAILED_LOGINS_PER_CLIENT;
use vestibule_application::sessions::{Device, LogInError, LogInInput, LoggedIn};
use vestibule_application::{CodedError as _, codes};
use vestibule_domain::accounts::{Password, PasswordHash};
use vestibule_domain::ports::{HashError, PasswordHasher, Verification};
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{PASSWORD, ROTATING, address};

const ADA: &str = "ada@example.com";
const MOST: u32 = FAILED_LOGINS_PER_CLIENT.max;

/// What becomes of a comparison.
#[derive(Default)]
struct State {
    waits: AtomicBool,
    goes_on: Notify,
    is_busy: AtomicBool,
}

struct Hindered {
    hasher: Arc<dyn PasswordHasher>,
    state: Arc<State>,
}

#[async_trait]
impl PasswordHasher for Hindered {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.hasher.hash(password).await
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        if self.state.waits.load(Ordering::Relaxed) {
            self.state.goes_on.notified().await;
        }
        if self.state.is_busy.load(Ordering::Relaxed) {
            return Err(HashError::Busy { retry_after: Duration::from_secs(1) });
        }
        self.hasher.verify(password, hash).await
    }
}

async fn app() -> (UseCases, Arc<State>) {
    let state = Arc::new(State::default());
    let app = UseCases::with(|deps| {
        deps.hasher = Arc::new(Hindered { hasher: deps.hasher.clone(), state: state.clone() });
    });
    app.member(ADA).await;
    (app, state)
}

/// An attempt of one client. The addresses differ, so that no limit of an account is reached.
async fn attempt(app: &UseCases, email: &str, password: &str) -> Result<LoggedIn, LogInError> {
    let client_address = Some("192.0.2.1".parse().unwrap());
    let input = LogInInput {
        identifier: address(email).into(),
        password: Password::new(password),
        device: Device { client_address, ..Device::default() },
        policy: ROTATING,
    };
    app.services.log_in.execute(input).await
}

/// So many wrong passwords.
async fn fail(app: &UseCases, times: u32) {
    for number in 0..times {
        let refused = attempt(app, &format!("somebody{number}@example.com"), "wrong").await.unwrap_err();
        assert_eq!(refused.code(), codes::WRONG_CREDENTIALS, "{number}");
    }
}

async fn assert_limited(app: &UseCases) {
    assert_eq!(attempt(app, ADA, PASSWORD).await.unwrap_err().code(), codes::RATE_LIMITED);
}

#[tokio::test]
async fn a_login_that_is_cut_off_while_its_password_is_compared_counts_as_failed() {
    let (app, state) = app().await;
    state.waits.store(true, Ordering::Relaxed);
    for number in 0..MOST {
        let email = format!("somebody{number}@example.com");
        let mut login = Box::pin(attempt(&app, &email, "wrong"));
        assert!(poll!(&mut login).is_pending());
    }
    state.waits.store(false, Ordering::Relaxed);
    assert_limited(&app).await;
}

#[tokio::test]
async fn a_login_that_is_cut_off_before_its_password_is_compared_does_not_count() {
    let (app, _) = app().await;
    for number in 0..=MOST {
        app.faults.before_call(1, std::future::pending());
        let email = format!("somebody{number}@example.com");
        let mut login = Box::pin(attempt(&app, &email, "wrong"));
        assert!(poll!(&mut login).is_pending());
        app.faults.heal();
        drop(login);
        // What was counted is given back in a task.
        yield_now().await;
    }
    attempt(&app, ADA, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn of_two_logins_at_once_only_the_one_that_the_limit_leaves_is_compared() {
    let (app, state) = app().await;
    fail(&app, MOST - 1).await;
    state.waits.store(true, Ordering::Relaxed);
    let mut first = Box::pin(attempt(&app, ADA, "wrong"));
    assert!(poll!(&mut first).is_pending());
    assert_limited(&app).await;
}

#[tokio::test]
async fn what_did_not_fail_counts_for_nothing() {
    let (app, state) = app().await;
    fail(&app, MOST - 1).await;
    for _ in 0..3 {
        attempt(&app, ADA, PASSWORD).await.unwrap();
    }
    state.is_busy.store(true, Ordering::Relaxed);
    for _ in 0..3 {
        assert_eq!(attempt(&app, ADA, "wrong").await.unwrap_err().code(), codes::UNAVAILABLE);
    }
    state.is_busy.store(false, Ordering::Relaxed);
    attempt(&app, ADA, PASSWORD).await.unwrap();
    assert_eq!(attempt(&app, ADA, "wrong").await.unwrap_err().code(), codes::WRONG_CREDENTIALS);
    assert_limited(&app).await;
}

#[tokio::test]
async fn who_is_refused_for_the_limit_uses_up_nothing() {
    let (app, state) = app().await;
    fail(&app, MOST - 1).await;
    state.waits.store(true, Ordering::Relaxed);
    let mut first = Box::pin(attempt(&app, ADA, PASSWORD));
    assert!(poll!(&mut first).is_pending());
    assert_limited(&app).await;
    state.waits.store(false, Ordering::Relaxed);
    state.goes_on.notify_one();
    first.await.unwrap();
    assert_eq!(attempt(&app, ADA, "wrong").await.unwrap_err().code(), codes::WRONG_CREDENTIALS);
    assert_limited(&app).await;
}
