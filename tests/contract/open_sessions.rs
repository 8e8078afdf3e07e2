//! The contract of `SessionRepository::open_at`.

use std::net::Ipv6Addr;

use time::Duration;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::sessions::Session;
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, add_account, session, signed_in};
use crate::sessions::{add_aged, add_expiring, revoke};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    open_sessions_are_told_newest_first_as_they_were_added,
    no_more_open_sessions_are_told_than_were_asked_for,
    a_session_that_is_over_or_revoked_or_another_s_is_not_told,
]);

async fn open_at(store: &Stored, account: AccountId, limit: u64) -> Vec<Session> {
    store.repositories().sessions().open_at(account, NOW, limit).await.unwrap()
}

async fn open_sessions_are_told_newest_first_as_they_were_added(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let began = |seconds| NOW - Duration::seconds(seconds);
    let unknown = Session {
        created_at: began(2),
        user_agent: None,
        client_address: None,
        ..session(account, "unknown")
    };
    let newer = Session { client_address: Some(Ipv6Addr::LOCALHOST.into()), ..session(account, "newer") };
    let mut same = [session(account, "one"), session(account, "other")]
        .map(|session| Session { created_at: began(1), ..session });
    same.sort_by_key(|session| std::cmp::Reverse(session.id.0));
    let [first, second] = same;
    for session in [&unknown, &second, &newer, &first] {
        store.repositories().sessions().insert(session).await.unwrap();
    }
    assert_eq!(open_at(&store, account, 9).await, [newer, first, second, unknown]);
}

async fn no_more_open_sessions_are_told_than_were_asked_for(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    for age in [3, 1, 2] {
        add_aged(&store, account, age).await;
    }
    let ages = |told: Vec<Session>| -> Vec<_> {
        told.iter().map(|session| (NOW - session.created_at).whole_seconds()).collect()
    };
    assert_eq!(ages(open_at(&store, account, 2).await), [1, 2]);
    assert!(ages(open_at(&store, account, 0).await).is_empty());
    assert_eq!(ages(open_at(&store, account, u64::MAX).await), [1, 2, 3]);
}

async fn a_session_that_is_over_or_revoked_or_another_s_is_not_told(store: Stored) {
    let (account, revoked) = signed_in(&store, "ada@example.com").await;
    signed_in(&store, "bob@example.com").await;
    revoke(&store, revoked).await;
    add_expiring(&store, account, "over", NOW).await;
    let nearly = add_expiring(&store, account, "nearly over", NOW + MOMENT).await;
    let told: Vec<_> = open_at(&store, account, 9).await.iter().map(|session| session.id).collect();
    assert_eq!(told, [nearly]);
}
