//! Removing what is past its life.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use vestibule_application::accounts::{
    ActivateAccountInput, DeactivateAccountInput, RequestConfirmationInput,
};
use vestibule_application::maintenance::{PurgeExpiredError, Purgeable, Purged};
use vestibule_application::policy::Retention;
use vestibule_application::sessions::{RefreshAccessError, RefreshAccessInput, RefreshedAccess};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{Clock as _, Mailer, MockMailer, SendError};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;
use vestibule_use_case_tests::use_cases::{REGISTRATION, ROTATING, address};

const ADA: &str = "ada@example.com";
const DAY: Duration = Duration::from_hours(24);
const A_DAY: Retention = Retention {
    unactivated_accounts: Some(DAY),
    parked_messages: Some(DAY),
    sent_messages: Some(DAY),
    audit_events: Some(DAY),
    trashed_accounts: Some(DAY),
};
const FOR_EVER: Retention = Retention {
    unactivated_accounts: None,
    parked_messages: None,
    sent_messages: None,
    audit_events: None,
    trashed_accounts: None,
};

async fn purge(app: &UseCases, retention: Retention) -> Purged {
    app.services.purge_expired.execute_while(retention, || true).await.unwrap().unwrap()
}

async fn refresh(app: &UseCases, token: &SecretToken) -> Result<RefreshedAccess, RefreshAccessError> {
    let input = RefreshAccessInput { refresh_token: token.clone(), policy: ROTATING };
    app.services.refresh_access.execute(input).await
}

async fn is_there(app: &UseCases, id: AccountId) -> bool {
    app.deps.store.repositories().accounts().by_id(id).await.unwrap().is_some()
}

/// Adds sessions that have been over for longer than the purge waits.
async fn expired_sessions(app: &UseCases, account: AccountId, count: usize) {
    for _ in 0..count {
        let session = Session {
            id: SessionId(app.deps.ids.random()),
            account,
            surface: "rotating".to_owned(),
            user_agent: None,
            client_address: None,
            created_at: app.clock.now() - Duration::from_hours(2),
            expires_at: app.clock.now() - Duration::from_hours(1),
            revoked_at: None,
            last_seen_at: None,
        };
        app.deps.store.repositories().sessions().insert(&session).await.unwrap();
    }
}

#[tokio::test]
async fn refresh_tokens_that_expired_inside_a_living_session_go() {
    let app = UseCases::new();
    app.member(ADA).await;
    let mut token = app.log_in(ADA).await.refresh_token;
    for _ in 0..3 {
        app.clock.advance(4 * DAY);
        token = refresh(&app, &token).await.unwrap().refresh_token.unwrap();
    }
    // The first two of four: good for a week, they were issued 12 and 8 days ago.
    assert_eq!(purge(&app, FOR_EVER).await, Purged { refresh_tokens: 2, ..Purged::default() });
    assert!(refresh(&app, &token).await.is_ok());
}

#[tokio::test]
async fn an_expired_token_is_answered_alike_before_and_after_it_is_removed() {
    let app = UseCases::new();
    app.member(ADA).await;
    let first = app.log_in(ADA).await.refresh_token;
    let second = refresh(&app, &first).await.unwrap().refresh_token.unwrap();
    app.clock.advance(7 * DAY);
    let is_expired = |answer| matches!(answer, Err(RefreshAccessError::Expired));
    for token in [&first, &second] {
        assert!(is_expired(refresh(&app, token).await));
    }
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(purge(&app, FOR_EVER).await.refresh_tokens, 2);
    for token in [&first, &second] {
        assert!(is_expired(refresh(&app, token).await));
    }
}

#[tokio::test]
async fn a_token_stays_while_the_clock_of_another_server_may_still_take_it_for_good() {
    let app = UseCases::new();
    app.member(ADA).await;
    app.log_in(ADA).await;
    app.clock.advance(7 * DAY + Duration::from_mins(59));
    assert_eq!(purge(&app, FOR_EVER).await.refresh_tokens, 0);
}

#[tokio::test]
async fn grace_and_reuse_are_as_before_after_a_purge() {
    let app = UseCases::new();
    app.member(ADA).await;
    let first = app.log_in(ADA).await.refresh_token;
    app.clock.advance(6 * DAY);
    let second = refresh(&app, &first).await.unwrap().refresh_token.unwrap();
    app.clock.advance(2 * DAY);
    let third = refresh(&app, &second).await.unwrap().refresh_token.unwrap();
    assert_eq!(purge(&app, FOR_EVER).await.refresh_tokens, 1);
    app.clock.advance(Duration::from_secs(9));
    assert_eq!(refresh(&app, &second).await.unwrap().refresh_token, Some(third.clone()));
    app.clock.advance(Duration::from_secs(1));
    assert!(matches!(refresh(&app, &second).await, Err(RefreshAccessError::Reused)));
    assert!(refresh(&app, &third).await.is_err());
}

#[tokio::test]
async fn an_account_that_was_never_activated_goes_in_time_and_its_address_is_free() {
    let app = UseCases::new();
    let id = app.registered(ADA).await;
    // Its mail is good for a day, and an hour is for the clocks of other servers.
    app.clock.advance(DAY + Duration::from_mins(59));
    assert_eq!(purge(&app, A_DAY).await.unactivated_accounts, 0);
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(purge(&app, FOR_EVER).await.unactivated_accounts, 0);
    assert_eq!(purge(&app, A_DAY).await.unactivated_accounts, 1);
    assert!(!is_there(&app, id).await);
    app.member(ADA).await;
}

#[tokio::test]
async fn a_mail_that_was_sent_again_works_although_its_account_is_old() {
    let app = UseCases::new();
    let id = app.registered(ADA).await;
    app.clock.advance(40 * DAY);
    let again = RequestConfirmationInput { email: address(ADA), language: None, policy: REGISTRATION };
    app.services.request_confirmation.execute(again).await.unwrap();
    let token = SecretToken::new(app.mailed_code(ADA).await);
    assert_eq!(purge(&app, A_DAY).await.unactivated_accounts, 0);
    let input = ActivateAccountInput { email: address(ADA), token };
    app.services.activate_account.execute(input).await.unwrap();
    app.clock.advance(40 * DAY);
    assert_eq!(purge(&app, A_DAY).await.unactivated_accounts, 0);
    assert!(is_there(&app, id).await);
}

#[tokio::test]
async fn whoever_was_locked_out_stays_locked_out() {
    let app = UseCases::new();
    let (admin, id) = (app.admin().await, app.member(ADA).await);
    let lockout = DeactivateAccountInput { administrator: admin, account: id };
    app.services.deactivate_account.execute(lockout).await.unwrap();
    app.clock.advance(400 * DAY);
    assert_eq!(purge(&app, A_DAY).await.unactivated_accounts, 0);
    assert!(is_there(&app, id).await);
}

#[tokio::test]
async fn messages_that_were_given_up_go_in_time() {
    let mut mailer = MockMailer::new();
    mailer.expect_send().returning(|_, _| Err(SendError::Permanent("no such user".into())));
    let mailer: Arc<dyn Mailer> = Arc::new(mailer);
    let app = UseCases::with(|deps| deps.mailer = mailer);
    app.registered(ADA).await;
    app.deliver().await;
    let retention = Retention { unactivated_accounts: None, ..A_DAY };
    app.clock.advance(DAY - Duration::from_secs(1));
    assert_eq!(purge(&app, retention).await.parked_messages, 0);
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(purge(&app, FOR_EVER).await.parked_messages, 0);
    assert_eq!(purge(&app, retention).await.parked_messages, 1);
}

#[tokio::test]
async fn a_long_purge_ends_between_two_batches_when_the_server_stops() {
    let app = UseCases::new();
    let id = app.member(ADA).await;
    expired_sessions(&app, id, 1_100).await;
    let asked = AtomicU64::new(0);
    // It is asked whether to begin at all. One batch of refresh tokens finds nothing; one of sessions is done, and then
    // the server stops.
    let go_on = || asked.fetch_add(1, Ordering::Relaxed) < 3;
    let purged = app.services.purge_expired.execute_while(FOR_EVER, go_on).await.unwrap().unwrap();
    assert_eq!(purged, Purged { sessions: 500, is_interrupted: true, ..Purged::default() });
    assert_eq!(purge(&app, FOR_EVER).await.sessions, 600);
}

#[tokio::test]
async fn a_server_that_stops_begins_no_purge() {
    let app = UseCases::new();
    let id = app.member(ADA).await;
    expired_sessions(&app, id, 1).await;
    let calls = app.faults.calls();
    app.services.purge_expired.execute_while(A_DAY, || false).await.unwrap();
    assert_eq!(app.faults.calls(), calls);
}

#[tokio::test]
async fn a_kind_that_fails_does_not_keep_the_others() {
    let app = UseCases::new();
    let id = app.member(ADA).await;
    expired_sessions(&app, id, 3).await;
    // The call for refresh tokens, after the one for the lease.
    app.faults.fail_call(2, Fault::Unexpected);
    let error = app.services.purge_expired.execute_while(A_DAY, || true).await.unwrap_err();
    assert_eq!(error.purged().sessions, 3);
    assert!(matches!(error, PurgeExpiredError::Kind { kind: Purgeable::RefreshTokens, .. }), "{error:?}");
}

#[tokio::test]
async fn a_batch_that_the_store_gave_up_is_tried_again() {
    let app = UseCases::new();
    let id = app.member(ADA).await;
    expired_sessions(&app, id, 3).await;
    app.faults.fail_call(3, Fault::Retryable);
    assert_eq!(purge(&app, A_DAY).await.sessions, 3);
}
