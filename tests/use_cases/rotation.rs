//! Refresh tokens that are exchanged (RFC 9700 §4.14.2).

use std::time::Duration;

use time::OffsetDateTime;
use vestibule_application::policy::SessionPolicy;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput, RefreshedAccess};
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Claims, RefreshToken, TokenId, TokenUse};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{KEEPING, ROTATING};

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

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_within_the_grace() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    let first = refresh(&app, &token).await.unwrap().refresh_token;
    app.clock.advance(Duration::from_millis(9_999));
    assert_eq!(refresh(&app, &token).await.unwrap().refresh_token, first);
}

#[tokio::test]
async fn whoever_comes_late_within_the_grace_gets_the_newest_token() {
    let app = UseCases::new();
    let first = signed_in(&app).await;
    let mut newest = first.clone();
    for _ in 0..3 {
        app.clock.advance(Duration::from_secs(2));
        newest = refresh(&app, &newest).await.unwrap().refresh_token.unwrap();
    }
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(refresh(&app, &first).await.unwrap().refresh_token.as_ref(), Some(&newest));
    app.clock.advance(Duration::from_hours(1));
    assert!(refresh(&app, &newest).await.is_ok(), "the session of an honest client ended");
}

/// The successor of a token that another node exchanged at `at`.
async fn exchanged_elsewhere(app: &UseCases, token: &SecretToken, at: OffsetDateTime) -> SecretToken {
    let claims = app.deps.signer.verify(token.reveal(), TokenUse::Refresh, app.clock.now()).unwrap();
    let id = TokenId(app.deps.ids.random());
    let successor = app.deps.signer.sign(&Claims { id, ..claims.clone() }).unwrap();
    let record = RefreshToken {
        id,
        session: claims.session,
        account: claims.account,
        parent: Some(claims.id),
        digest: successor.digest(),
        issued_at: claims.issued_at,
        expires_at: claims.expires_at,
        rotated_at: None,
    };
    let mut repositories = app.deps.store.repositories();
    assert!(repositories.refresh_tokens().rotate(claims.id, at).await.unwrap());
    repositories.refresh_tokens().insert(&record).await.unwrap();
    successor
}

#[tokio::test]
async fn a_step_that_a_slow_clock_dated_into_the_past_is_no_reuse() {
    for behind in [Duration::ZERO, Duration::from_mins(1)] {
        let app = UseCases::new();
        let token = signed_in(&app).await;
        let second = exchanged_elsewhere(&app, &token, app.clock.now()).await;
        let third = exchanged_elsewhere(&app, &second, app.clock.now() - behind).await;
        app.clock.advance(Duration::from_secs(2));
        let newest = refresh(&app, &token).await.unwrap().refresh_token.unwrap();
        assert_eq!(newest, third);
    }
}

#[tokio::test]
async fn the_grace_of_a_later_step_does_not_excuse_an_earlier_one() {
    let app = UseCases::new();
    let first = signed_in(&app).await;
    let second = refresh(&app, &first).await.unwrap().refresh_token.unwrap();
    app.clock.advance(Duration::from_secs(9));
    let third = refresh(&app, &second).await.unwrap().refresh_token.unwrap();
    app.clock.advance(Duration::from_secs(1));
    assert!(matches!(refresh(&app, &first).await, Err(RefreshAccessError::Reused)));
    assert!(matches!(refresh(&app, &third).await, Err(RefreshAccessError::Unknown)));
}

#[tokio::test]
async fn a_token_of_another_surface_is_unknown_and_its_session_goes_on() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    let elsewhere = |policy| RefreshAccessInput { refresh_token: token.clone(), policy };
    for policy in [KEEPING, SessionPolicy { surface: "other", ..ROTATING }] {
        let refused = app.services.refresh_access.execute(elsewhere(policy)).await;
        assert!(matches!(refused, Err(RefreshAccessError::Unknown)));
    }
    let successor = refresh(&app, &token).await.unwrap().refresh_token.unwrap();
    app.clock.advance(Duration::from_mins(1));
    let refused = app.services.refresh_access.execute(elsewhere(KEEPING)).await;
    assert!(matches!(refused, Err(RefreshAccessError::Unknown)), "a spent token, elsewhere");
    assert!(refresh(&app, &successor).await.is_ok());
}

#[tokio::test]
async fn a_spent_token_is_not_good_where_tokens_are_kept_either() {
    let app = UseCases::new();
    let token = signed_in(&app).await;
    let successor = refresh(&app, &token).await.unwrap().refresh_token.unwrap();
    // The surface stopped rotating.
    let kept = SessionPolicy { surface: ROTATING.surface, ..KEEPING };
    let exchange = async |refresh_token: &SecretToken| {
        let input = RefreshAccessInput { refresh_token: refresh_token.clone(), policy: kept };
        app.services.refresh_access.execute(input).await
    };
    assert!(exchange(&successor).await.unwrap().refresh_token.is_none());
    assert!(matches!(exchange(&token).await, Err(RefreshAccessError::Reused)));
    assert!(matches!(exchange(&successor).await, Err(RefreshAccessError::Unknown)));
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
