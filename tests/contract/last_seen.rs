//! The contract of `SessionRepository::note_seen`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::sessions::{CLOCKS_DIFFER, Session, SessionId};
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, add_account, add_session, id, session, signed_in};
use crate::sessions::revoke;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_new_session_was_not_seen_since,
    a_time_is_kept_with_the_session,
    the_latest_time_stays,
    a_time_of_a_clock_that_is_far_ahead_is_not_noted,
    a_time_of_a_clock_that_is_far_ahead_is_not_told_and_does_not_stay,
    within_what_clocks_differ_the_later_time_stays,
    sessions_that_are_not_there_are_passed_over,
    many_are_noted_at_once,
    a_session_that_was_seen_is_as_open_as_before,
]);

const LATER: OffsetDateTime = NOW.saturating_add(Duration::MINUTE);

/// Notes it at a node whose clock shows the same time.
async fn note(store: &Stored, sessions: &[SessionId], at: OffsetDateTime) {
    note_by(store, sessions, at, at).await;
}

/// Notes it at a node whose clock shows `now`.
async fn note_by(store: &Stored, sessions: &[SessionId], at: OffsetDateTime, now: OffsetDateTime) {
    store.repositories().sessions().note_seen(sessions, at, now).await.unwrap();
}

async fn open(store: &Stored, account: AccountId) -> Vec<Session> {
    store.repositories().sessions().open_at(account, NOW, 2_000).await.unwrap()
}

async fn seen(store: &Stored, account: AccountId) -> Vec<Option<OffsetDateTime>> {
    open(store, account).await.iter().map(|session| session.last_seen_at).collect()
}

async fn a_new_session_was_not_seen_since(store: Stored) {
    let (account, _) = signed_in(&store, "ada@example.com").await;
    assert_eq!(seen(&store, account).await, [None]);
    let copied = Session { last_seen_at: Some(NOW), ..session(account, "copied") };
    store.repositories().sessions().insert(&copied).await.unwrap();
    assert!(open(&store, account).await.contains(&copied));
}

async fn a_time_is_kept_with_the_session(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let (other, _) = signed_in(&store, "bob@example.com").await;
    note(&store, &[session], LATER).await;
    assert_eq!(seen(&store, account).await, [Some(LATER)]);
    assert_eq!(seen(&store, other).await, [None]);
}

async fn the_latest_time_stays(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    for at in [NOW, LATER, NOW, LATER] {
        note(&store, &[session], at).await;
    }
    assert_eq!(seen(&store, account).await, [Some(LATER)]);
}

async fn a_time_of_a_clock_that_is_far_ahead_is_not_noted(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    // It was put down before the clock of the node was set right.
    note_by(&store, &[session], NOW + CLOCKS_DIFFER + MOMENT, NOW).await;
    assert_eq!(seen(&store, account).await, [None]);
    note_by(&store, &[session], NOW + CLOCKS_DIFFER, NOW).await;
    assert_eq!(seen(&store, account).await, [Some(NOW + CLOCKS_DIFFER)]);
}

async fn a_time_of_a_clock_that_is_far_ahead_is_not_told_and_does_not_stay(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let (other, of_other) = signed_in(&store, "bob@example.com").await;
    note(&store, &[session, of_other], NOW + Duration::days(400)).await;
    assert_eq!(seen(&store, account).await, [None]);
    note(&store, &[session], LATER).await;
    assert_eq!(seen(&store, account).await, [Some(LATER)]);
    note(&store, &[session], NOW).await;
    assert_eq!(seen(&store, account).await, [Some(LATER)]);
    // What waited to be noted for long replaces nothing that was noted meanwhile.
    let evening = NOW + Duration::hours(6);
    note(&store, &[of_other], evening).await;
    note_by(&store, &[of_other], NOW, evening).await;
    let read = store.repositories().sessions().open_at(other, evening, 1).await.unwrap();
    assert_eq!(read[0].last_seen_at, Some(evening));
}

async fn within_what_clocks_differ_the_later_time_stays(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    note(&store, &[session], NOW + CLOCKS_DIFFER).await;
    note(&store, &[session], NOW).await;
    assert_eq!(seen(&store, account).await, [Some(NOW + CLOCKS_DIFFER)]);
}

async fn sessions_that_are_not_there_are_passed_over(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    note(&store, &[], NOW).await;
    note(&store, &[SessionId(id("nobody's")), session], LATER).await;
    assert_eq!(seen(&store, account).await, [Some(LATER)]);
}

async fn many_are_noted_at_once(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let mut sessions = Vec::new();
    for number in 0..1_100 {
        sessions.push(add_session(&store, account, &number.to_string()).await);
    }
    note(&store, &sessions, LATER).await;
    assert_eq!(seen(&store, account).await, vec![Some(LATER); 1_100]);
}

async fn a_session_that_was_seen_is_as_open_as_before(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    assert!(revoke(&store, session).await);
    note(&store, &[session], LATER).await;
    assert!(open(&store, account).await.is_empty());
    assert!(!revoke(&store, session).await);
}
