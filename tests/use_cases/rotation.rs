//! Refresh tokens that are exchanged (RFC 9700 §4.14.2).

use std::collections::HashSet;
use std::time::Duration;

use futures::future::join_all;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput, RefreshedAccess};
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::use_cases::ROTATING;
use vestibule_tests::{UseCases, backends};

const ADA: &str = "ada@example.com";

async fn refresh(app: &UseCases, token: &SecretToken) -> Result<RefreshedAccess, RefreshAccessError> {
    let input = RefreshAccessInput { refresh_token: token.clone(), policy: ROTATING };
    app.services.refresh_access.execute(input).await
}

async fn signed_in(app: &UseCases) -> SecretToken {
    app.member(ADA).await;
    app.log_in(ADA).await.refresh_token
}

#[tokio::test]
async fn each_exchange_gives_a_new_token() {
    let app = UseCases::new();
    let mut token = signed_in(&app).await;
    for _ in 0..5 {
        app.clock.advance(Duration::from_hours(1));
        let refreshed = refresh(&app, &token).await.unwrap();
        let next = refreshed.refresh_token.unwrap();
        assert_ne!(next, token);
        assert!(app.actor(&refreshed.access_token).await.is_some());
        token = next;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_exchanges_at_once_give_one_successor_and_the_session_lives() {
    twenty_exchanges(&UseCases::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_exchanges_at_once_give_one_successor_on_sqlite_too() {
    let sqlite = backends::store::sqlite().await;
    let store = sqlite.port.clone();
    twenty_exchanges(&UseCases::with(|deps| deps.store = store)).await;
}

async fn twenty_exchanges(app: &UseCases) {
    let token = signed_in(app).await;
    let answers = join_all((0..20).map(|_| refresh(app, &token))).await;
    let successors: HashSet<String> = answers
        .into_iter()
        .map(|answer| answer.unwrap().refresh_token.unwrap().reveal().to_owned())
        .collect();
    assert_eq!(successors.len(), 1);
    for successor in successors {
        assert!(refresh(app, &SecretToken::new(successor)).await.is_ok());
    }
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_within_the_grace() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    let first = refresh(&app, &token).await.unwrap().refresh_token;
    app.clock.advance(Duration::from_millis(9_999));
    assert_eq!(refresh(&app, &token).await.unwrap().refresh_token, first);
}

#[tokio::test]
async fn later_reuse_revokes_the_family_and_no_other() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    let other = app.log_in(ADA).await;
    let refreshed = refresh(&app, &token).await.unwrap();
    let successor = refreshed.refresh_token.unwrap();
    app.clock.advance(Duration::from_secs(10));
    assert!(matches!(refresh(&app, &token).await, Err(RefreshAccessError::Reused)));
    assert!(matches!(refresh(&app, &successor).await, Err(RefreshAccessError::Unknown)));
    assert!(app.actor(&refreshed.access_token).await.is_none());
    assert!(app.actor(&other.access_token).await.is_some());
    assert!(refresh(&app, &other.refresh_token).await.is_ok());
}

#[tokio::test]
async fn exchanging_never_outlives_the_session() {
    let app = UseCases::new();
    let mut token = signed_in(&app).await;
    for _ in 0..5 {
        app.clock.advance(Duration::from_secs(6 * 86400 - 1));
        match refresh(&app, &token).await {
            Ok(refreshed) => token = refreshed.refresh_token.unwrap(),
            Err(error) => panic!("{error}"),
        }
    }
    app.clock.advance(Duration::from_secs(5));
    assert!(matches!(refresh(&app, &token).await, Err(RefreshAccessError::Expired)));
}

#[tokio::test]
async fn a_token_that_is_not_used_expires() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    app.clock.advance(ROTATING.refresh);
    assert!(matches!(refresh(&app, &token).await, Err(RefreshAccessError::Expired)));
}

#[tokio::test]
async fn a_failure_on_the_way_leaves_the_token_good() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    // The look-up, the state of the session (known from then on), the mark, the successor.
    for call in [1, 2, 3, 3] {
        app.faults.fail_call(call, Fault::Unexpected);
        assert!(matches!(refresh(&app, &token).await, Err(RefreshAccessError::Failure(_))), "call {call}");
    }
    app.faults.fail_commit(Fault::Unexpected);
    assert!(refresh(&app, &token).await.is_err());
    assert!(refresh(&app, &token).await.is_ok());
}
