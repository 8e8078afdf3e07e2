//! The contract of `SessionRepository`.

use std::net::Ipv6Addr;

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::{AccountDetails, AccountId, Role};
use vestibule_domain::sessions::{Session, SessionId, SessionState};
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{
    MOMENT, NOBODY, NOW, Stored, account, add, add_account, add_refresh_token, add_session, conflict, id,
    refresh_token, session, signed_in,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_unknown_session_has_no_state,
    a_session_of_nobody_is_refused,
    a_session_of_an_unknown_client_is_kept,
    a_session_of_an_ipv6_client_with_a_long_name_is_kept,
    the_state_tells_the_end_to_the_microsecond,
    the_state_follows_the_role,
    a_session_of_an_inactive_account_is_closed,
    a_session_of_an_account_that_is_active_again_is_open,
    a_session_of_an_account_in_the_trash_is_closed,
    a_revoked_session_is_closed,
    a_session_is_revoked_once,
    an_unknown_session_cannot_be_revoked,
    of_two_revocations_at_once_one_succeeds,
    a_revocation_leaves_other_sessions_open,
    all_sessions_of_an_account_are_revoked,
    all_sessions_but_one_are_revoked,
    sessions_revoked_before_are_not_named_again,
    the_sessions_of_others_stay_open_when_all_are_revoked,
    the_oldest_sessions_are_revoked_with_their_refresh_tokens,
    sessions_that_fit_stay_open,
    of_sessions_that_began_at_once_the_least_id_is_the_oldest,
    a_session_that_is_over_is_not_counted_and_not_revoked,
    a_revoked_session_is_not_counted,
    the_oldest_sessions_of_others_stay_open,
    more_sessions_than_are_read_at_once_are_revoked,
    the_oldest_of_more_sessions_than_are_read_at_once_are_revoked,
    open_sessions_are_those_that_are_not_revoked,
    the_open_sessions_of_others_are_not_listed,
    a_purge_removes_what_expired_at_or_before_now,
    a_purge_removes_the_refresh_tokens_of_the_session,
    a_purge_leaves_other_refresh_tokens_alone,
    a_purge_leaves_revoked_sessions_until_they_expire,
    a_purge_keeps_to_its_limit,
]);

async fn state(store: &Stored, session: SessionId) -> Option<SessionState> {
    store.repositories().sessions().state(session).await.unwrap()
}

async fn is_open(store: &Stored, session: SessionId) -> bool {
    state(store, session).await.expect("the session is gone").is_open
}

pub(super) async fn revoke(store: &Stored, session: SessionId) -> bool {
    store.repositories().sessions().revoke(session, NOW).await.unwrap()
}

async fn revoke_all(store: &Stored, account: AccountId, except: Option<SessionId>) -> Vec<SessionId> {
    sorted(store.repositories().sessions().revoke_all(account, except, NOW).await.unwrap())
}

async fn open(store: &Stored, account: AccountId) -> Vec<SessionId> {
    sorted(store.repositories().sessions().open(account).await.unwrap())
}

fn sorted(sessions: impl Into<Vec<SessionId>>) -> Vec<SessionId> {
    let mut sessions = sessions.into();
    sessions.sort_by_key(|session| session.0);
    sessions
}

async fn an_unknown_session_has_no_state(store: Stored) {
    signed_in(&store, "ada@example.com").await;
    assert_eq!(state(&store, SessionId(id("unknown"))).await, None);
}

async fn a_session_of_nobody_is_refused(store: Stored) {
    let answer = store.repositories().sessions().insert(&session(NOBODY, "session")).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
}

async fn a_session_of_an_unknown_client_is_kept(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let session = Session { user_agent: None, client_address: None, ..session(account, "session") };
    store.repositories().sessions().insert(&session).await.unwrap();
    assert!(is_open(&store, session.id).await);
}

async fn a_session_of_an_ipv6_client_with_a_long_name_is_kept(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let session = Session {
        user_agent: Some("é".repeat(255)),
        client_address: Some(Ipv6Addr::from([0xffff_u16; 8]).into()),
        ..session(account, "session")
    };
    store.repositories().sessions().insert(&session).await.unwrap();
    assert!(is_open(&store, session.id).await);
}

async fn the_state_tells_the_end_to_the_microsecond(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let expires_at = NOW + Duration::days(9_000) + MOMENT;
    let session = Session { expires_at, ..session(account, "session") };
    store.repositories().sessions().insert(&session).await.unwrap();
    assert_eq!(state(&store, session.id).await.map(|state| state.expires_at), Some(expires_at));
}

async fn the_state_follows_the_role(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    store.repositories().accounts().set_role(account, Role::Admin, NOW).await.unwrap();
    assert_eq!(state(&store, session).await.map(|state| state.role), Some(Role::Admin));
}

async fn a_session_of_an_inactive_account_is_closed(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    store.repositories().accounts().deactivate(account, NOW).await.unwrap();
    assert!(!is_open(&store, session).await);
}

async fn a_session_of_an_account_that_is_active_again_is_open(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    store.repositories().accounts().deactivate(account, NOW).await.unwrap();
    store.repositories().accounts().activate(account, NOW).await.unwrap();
    assert!(is_open(&store, session).await);
}

async fn a_session_of_an_account_in_the_trash_is_closed(store: Stored) {
    let trashed = AccountDetails { deleted_at: Some(NOW), ..account("ada@example.com") };
    let account = add(&store, &trashed).await;
    let session = add_session(&store, account, "session").await;
    assert!(!is_open(&store, session).await);
}

async fn a_revoked_session_is_closed(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    revoke(&store, session).await;
    assert!(!is_open(&store, session).await);
}

async fn a_session_is_revoked_once(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    assert!(revoke(&store, session).await);
    assert!(!revoke(&store, session).await);
}

async fn an_unknown_session_cannot_be_revoked(store: Stored) {
    assert!(!revoke(&store, SessionId(id("unknown"))).await);
}

async fn of_two_revocations_at_once_one_succeeds(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    let answers = at_once(2, |_| {
        let store = store.clone();
        async move { revoke(&store, session).await }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|revoked| *revoked).count(), 1);
}

async fn a_revocation_leaves_other_sessions_open(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let other = add_session(&store, account, "other").await;
    revoke(&store, session).await;
    assert!(is_open(&store, other).await);
}

async fn all_sessions_of_an_account_are_revoked(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let other = add_session(&store, account, "other").await;
    assert_eq!(revoke_all(&store, account, None).await, sorted([session, other]));
    assert!(!is_open(&store, session).await && !is_open(&store, other).await);
}

async fn all_sessions_but_one_are_revoked(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let kept = add_session(&store, account, "kept").await;
    assert_eq!(revoke_all(&store, account, Some(kept)).await, [session]);
    assert!(is_open(&store, kept).await && !is_open(&store, session).await);
}

async fn sessions_revoked_before_are_not_named_again(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let other = add_session(&store, account, "other").await;
    revoke(&store, other).await;
    assert_eq!(revoke_all(&store, account, None).await, [session]);
    assert_eq!(revoke_all(&store, account, None).await, []);
}

async fn the_sessions_of_others_stay_open_when_all_are_revoked(store: Stored) {
    let (account, _) = signed_in(&store, "ada@example.com").await;
    let (_, other) = signed_in(&store, "bob@example.com").await;
    revoke_all(&store, account, None).await;
    assert!(is_open(&store, other).await);
}

async fn revoke_oldest(store: &Stored, account: AccountId, keep: u64) -> Vec<SessionId> {
    sorted(store.repositories().sessions().revoke_oldest(account, keep, NOW).await.unwrap())
}

/// A session that began so many seconds ago, with a refresh token.
pub(super) async fn add_aged(store: &Stored, account: AccountId, age: i64) -> SessionId {
    let name = format!("{age} of {}", account.0);
    let session = Session { created_at: NOW - Duration::seconds(age), ..session(account, &name) };
    store.repositories().sessions().insert(&session).await.unwrap();
    add_refresh_token(store, &refresh_token(account, session.id, &name)).await;
    session.id
}

async fn has_token(store: &Stored, session: SessionId) -> bool {
    store.repositories().refresh_tokens().newest(session).await.unwrap().is_some()
}

async fn the_oldest_sessions_are_revoked_with_their_refresh_tokens(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let mut sessions = Vec::new();
    for age in [3, 1, 4, 2] {
        sessions.push(add_aged(&store, account, age).await);
    }
    assert_eq!(revoke_oldest(&store, account, 2).await, sorted([sessions[0], sessions[2]]));
    for (session, stays) in sessions.into_iter().zip([false, true, false, true]) {
        assert_eq!(is_open(&store, session).await, stays);
        assert_eq!(has_token(&store, session).await, stays);
    }
}

async fn sessions_that_fit_stay_open(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    assert_eq!(revoke_oldest(&store, account, 1).await, []);
    assert_eq!(revoke_oldest(&store, account, u64::MAX).await, []);
    assert!(is_open(&store, session).await);
    assert_eq!(revoke_oldest(&store, account, 0).await, [session]);
}

async fn of_sessions_that_began_at_once_the_least_id_is_the_oldest(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let mut sessions = Vec::new();
    for name in ["one", "two", "three", "four"] {
        sessions.push(add_session(&store, account, name).await);
    }
    assert_eq!(revoke_oldest(&store, account, 1).await, sorted(sessions)[..3]);
}

async fn a_session_that_is_over_is_not_counted_and_not_revoked(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let over = add_expiring(&store, account, "over", NOW).await;
    let nearly = add_expiring(&store, account, "nearly over", NOW + MOMENT).await;
    assert_eq!(revoke_oldest(&store, account, 2).await, []);
    assert_eq!(revoke_oldest(&store, account, 0).await, sorted([session, nearly]));
    assert!(is_open(&store, over).await);
}

async fn a_revoked_session_is_not_counted(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let revoked = add_session(&store, account, "revoked").await;
    revoke(&store, revoked).await;
    assert_eq!(revoke_oldest(&store, account, 1).await, []);
    assert!(is_open(&store, session).await);
}

async fn the_oldest_sessions_of_others_stay_open(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    add_aged(&store, account, 1).await;
    let bob = add_account(&store, "bob@example.com").await;
    let other = add_aged(&store, bob, 2).await;
    revoke_oldest(&store, account, 0).await;
    assert!(is_open(&store, other).await && has_token(&store, other).await);
}

/// More than is read at once.
const MANY: i64 = 2_100;

/// A unit of work is far quicker than so many calls; a third begins at the same time.
async fn add_many(store: &Stored, account: AccountId) -> Vec<SessionId> {
    let mut unit = store.begin().await.unwrap();
    let mut sessions = Vec::new();
    for number in 0..MANY {
        let created_at = NOW - Duration::seconds(if number % 3 == 0 { 600 } else { number });
        let session = Session { created_at, ..session(account, &number.to_string()) };
        unit.sessions().insert(&session).await.unwrap();
        sessions.push((created_at, session.id));
    }
    unit.commit().await.unwrap();
    sessions.sort_by_key(|(began, session)| (*began, session.0));
    sessions.into_iter().map(|(_, session)| session).collect()
}

async fn more_sessions_than_are_read_at_once_are_revoked(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let mut sessions = add_many(&store, account).await;
    assert_eq!(open(&store, account).await, sorted(sessions.clone()));
    let kept = sessions.remove(700);
    assert_eq!(revoke_all(&store, account, Some(kept)).await, sorted(sessions));
    assert_eq!(open(&store, account).await, [kept]);
}

async fn the_oldest_of_more_sessions_than_are_read_at_once_are_revoked(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let mut sessions = add_many(&store, account).await;
    // In the midst of those that began at once.
    let kept = sessions.split_off(600);
    let revoked = revoke_oldest(&store, account, kept.len() as u64).await;
    assert_eq!(revoked, sorted(sessions));
    assert_eq!(open(&store, account).await, sorted(kept));
}

async fn open_sessions_are_those_that_are_not_revoked(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let revoked = add_session(&store, account, "revoked").await;
    let other = add_session(&store, account, "other").await;
    revoke(&store, revoked).await;
    assert_eq!(open(&store, account).await, sorted([session, other]));
}

async fn the_open_sessions_of_others_are_not_listed(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    signed_in(&store, "bob@example.com").await;
    assert_eq!(open(&store, account).await, [session]);
}

pub(super) async fn add_expiring(
    store: &Stored,
    account: AccountId,
    name: &str,
    at: OffsetDateTime,
) -> SessionId {
    let session = Session { expires_at: at, ..session(account, name) };
    store.repositories().sessions().insert(&session).await.unwrap();
    session.id
}

async fn purge(store: &Stored, limit: u64) -> u64 {
    store.repositories().sessions().purge_expired(NOW, limit).await.unwrap()
}

async fn a_purge_removes_what_expired_at_or_before_now(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let before = add_expiring(&store, account, "before", NOW - MOMENT).await;
    let now = add_expiring(&store, account, "now", NOW).await;
    let after = add_expiring(&store, account, "after", NOW + MOMENT).await;
    assert_eq!(purge(&store, 100).await, 2);
    assert_eq!(state(&store, before).await, None);
    assert_eq!(state(&store, now).await, None);
    assert!(is_open(&store, after).await);
}

async fn a_purge_removes_the_refresh_tokens_of_the_session(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let session = add_expiring(&store, account, "session", NOW).await;
    let token = refresh_token(account, session, "token");
    add_refresh_token(&store, &token).await;
    assert_eq!(purge(&store, 100).await, 1);
    assert_eq!(store.repositories().refresh_tokens().by_digest(&token.digest).await.unwrap(), None);
}

async fn a_purge_leaves_other_refresh_tokens_alone(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    add_expiring(&store, account, "expired", NOW).await;
    let token = refresh_token(account, session, "token");
    add_refresh_token(&store, &token).await;
    purge(&store, 100).await;
    assert_eq!(store.repositories().refresh_tokens().by_digest(&token.digest).await.unwrap(), Some(token));
}

async fn a_purge_leaves_revoked_sessions_until_they_expire(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    revoke(&store, session).await;
    assert_eq!(purge(&store, 100).await, 0);
    assert!(state(&store, session).await.is_some());
}

async fn a_purge_keeps_to_its_limit(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    for name in ["one", "two", "three"] {
        add_expiring(&store, account, name, NOW - MOMENT).await;
    }
    assert_eq!(purge(&store, 0).await, 0);
    assert_eq!(purge(&store, 2).await, 2);
    assert_eq!(purge(&store, 2).await, 1);
}
