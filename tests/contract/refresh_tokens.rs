//! The contract of `RefreshTokenRepository`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use time::{Duration, OffsetDateTime};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, SessionId, TokenId};
use vestibule_domain::store::{Constraint, StoreError};
use vestibule_tests::{at_once, contract};

use crate::given::{
    MOMENT, NOBODY, NOW, SECOND, Stored, add_refresh_token, add_session, conflict, id, refresh_token,
    signed_in, successor,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_token_is_found_by_its_digest,
    a_successor_reads_back_unchanged,
    an_exchanged_and_expired_token_reads_back_unchanged,
    an_unknown_digest_finds_nothing,
    a_second_token_with_the_same_id_is_refused,
    a_second_token_with_the_same_digest_is_refused,
    a_second_successor_is_refused,
    families_begin_independently,
    a_token_of_an_unknown_session_is_refused,
    a_token_of_nobody_is_refused,
    the_first_of_a_family_is_its_newest,
    the_newest_of_a_family_is_the_one_that_was_not_exchanged,
    an_exchange_that_is_not_committed_leaves_the_newest_as_it_was,
    a_revoked_family_has_no_newest,
    a_token_is_exchanged_once,
    an_exchange_is_dated_once,
    an_unknown_token_cannot_be_exchanged,
    of_two_exchanges_at_once_one_succeeds,
    of_two_successors_at_once_one_is_added,
    a_second_exchange_waits_for_the_first_to_commit,
    an_exchange_that_was_rolled_back_can_be_made_by_another,
    a_whole_family_is_revoked,
    other_families_stay_when_one_is_revoked,
    an_empty_family_revokes_nothing,
    all_tokens_of_an_account_are_revoked,
    all_tokens_but_those_of_one_session_are_revoked,
    the_tokens_of_others_stay_when_all_are_revoked,
    revoked_tokens_leave_room_for_new_ones,
    a_purge_removes_what_expired_at_or_before_its_time,
    a_purge_takes_exchanged_tokens_and_leaves_their_successors,
    a_purge_keeps_to_its_limit,
]);

/// A signed-in person's only token.
async fn first(store: &Stored) -> RefreshToken {
    let (account, session) = signed_in(store, "ada@example.com").await;
    let token = refresh_token(account, session, "first");
    add_refresh_token(store, &token).await;
    token
}

async fn insert(store: &Stored, token: &RefreshToken) -> Result<(), StoreError> {
    store.repositories().refresh_tokens().insert(token).await
}

async fn found(store: &Stored, token: &RefreshToken) -> Option<RefreshToken> {
    store.repositories().refresh_tokens().by_digest(&token.digest).await.unwrap()
}

async fn rotate(store: &Stored, token: &RefreshToken) -> bool {
    store.repositories().refresh_tokens().rotate(token.id, NOW).await.unwrap()
}

async fn a_token_is_found_by_its_digest(store: Stored) {
    let token = first(&store).await;
    add_refresh_token(&store, &successor(&token, "second")).await;
    assert_eq!(found(&store, &token).await, Some(token));
}

async fn a_successor_reads_back_unchanged(store: Stored) {
    let token = successor(&first(&store).await, "second");
    add_refresh_token(&store, &token).await;
    assert_eq!(found(&store, &token).await, Some(token));
}

async fn an_exchanged_and_expired_token_reads_back_unchanged(store: Stored) {
    let (account, session) = signed_in(&store, "ada@example.com").await;
    let token = RefreshToken {
        issued_at: SECOND - Duration::days(365),
        expires_at: SECOND - Duration::days(358),
        rotated_at: Some(NOW - Duration::days(360)),
        ..refresh_token(account, session, "old")
    };
    add_refresh_token(&store, &token).await;
    assert_eq!(found(&store, &token).await, Some(token));
}

async fn an_unknown_digest_finds_nothing(store: Stored) {
    first(&store).await;
    let digest = SecretDigest::of("unknown");
    assert_eq!(store.repositories().refresh_tokens().by_digest(&digest).await.unwrap(), None);
}

async fn a_second_token_with_the_same_id_is_refused(store: Stored) {
    let token = first(&store).await;
    let other = RefreshToken { id: token.id, ..refresh_token(token.account, token.session, "other") };
    assert_eq!(conflict(insert(&store, &other).await), Constraint::RefreshTokens);
}

async fn a_second_token_with_the_same_digest_is_refused(store: Stored) {
    let token = first(&store).await;
    let other = RefreshToken { digest: token.digest, ..refresh_token(token.account, token.session, "other") };
    assert_eq!(conflict(insert(&store, &other).await), Constraint::RefreshTokens);
}

async fn a_second_successor_is_refused(store: Stored) {
    let token = first(&store).await;
    add_refresh_token(&store, &successor(&token, "second")).await;
    let answer = insert(&store, &successor(&token, "another second")).await;
    assert_eq!(conflict(answer), Constraint::RefreshTokens);
}

async fn families_begin_independently(store: Stored) {
    let token = first(&store).await;
    let other = refresh_token(token.account, token.session, "another beginning");
    add_refresh_token(&store, &other).await;
    assert_eq!(found(&store, &other).await, Some(other));
}

async fn a_token_of_an_unknown_session_is_refused(store: Stored) {
    let (account, _) = signed_in(&store, "ada@example.com").await;
    let answer = insert(&store, &refresh_token(account, SessionId(id("unknown")), "token")).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
}

async fn a_token_of_nobody_is_refused(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    let answer = insert(&store, &refresh_token(NOBODY, session, "token")).await;
    assert_eq!(conflict(answer), Constraint::ForeignKey);
}

async fn newest(store: &Stored, session: SessionId) -> Option<RefreshToken> {
    store.repositories().refresh_tokens().newest(session).await.unwrap()
}

async fn the_first_of_a_family_is_its_newest(store: Stored) {
    let token = first(&store).await;
    let session = add_session(&store, token.account, "other session").await;
    add_refresh_token(&store, &refresh_token(token.account, session, "other")).await;
    assert_eq!(newest(&store, token.session).await, Some(token));
}

async fn the_newest_of_a_family_is_the_one_that_was_not_exchanged(store: Stored) {
    let [.., third] = family(&store).await;
    assert_eq!(newest(&store, third.session).await, Some(third));
}

async fn an_exchange_that_is_not_committed_leaves_the_newest_as_it_was(store: Stored) {
    let token = first(&store).await;
    let second = successor(&token, "second");
    let mut unit = store.begin().await.unwrap();
    unit.refresh_tokens().rotate(token.id, NOW).await.unwrap();
    unit.refresh_tokens().insert(&second).await.unwrap();
    assert_eq!(unit.refresh_tokens().newest(token.session).await.unwrap(), Some(second));
    assert_eq!(newest(&store, token.session).await, Some(token));
}

async fn a_revoked_family_has_no_newest(store: Stored) {
    let token = first(&store).await;
    store.repositories().refresh_tokens().revoke_family(token.session).await.unwrap();
    assert_eq!(newest(&store, token.session).await, None);
}

async fn a_token_is_exchanged_once(store: Stored) {
    let token = first(&store).await;
    assert!(rotate(&store, &token).await);
    assert!(!rotate(&store, &token).await);
}

async fn an_exchange_is_dated_once(store: Stored) {
    let token = first(&store).await;
    rotate(&store, &token).await;
    store.repositories().refresh_tokens().rotate(token.id, NOW + MOMENT).await.unwrap();
    assert_eq!(found(&store, &token).await, Some(RefreshToken { rotated_at: Some(NOW), ..token }));
}

async fn an_unknown_token_cannot_be_exchanged(store: Stored) {
    first(&store).await;
    let unknown = TokenId(id("unknown"));
    assert!(!store.repositories().refresh_tokens().rotate(unknown, NOW).await.unwrap());
}

async fn of_two_exchanges_at_once_one_succeeds(store: Stored) {
    let token = first(&store).await;
    let answers = at_once(2, |_| {
        let (store, token) = (store.clone(), token.clone());
        async move { rotate(&store, &token).await }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|rotated| *rotated).count(), 1);
}

async fn of_two_successors_at_once_one_is_added(store: Stored) {
    let token = first(&store).await;
    let answers = at_once(2, |number| {
        let (store, successor) = (store.clone(), successor(&token, &number.to_string()));
        async move { insert(&store, &successor).await.is_ok() }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|added| *added).count(), 1);
}

/// Exchanges a token in a unit of its own; again, as a use case would, while the store asks for it.
async fn rotate_in_a_unit(store: &Stored, token: TokenId) -> bool {
    loop {
        let mut unit = store.begin().await.unwrap();
        match unit.refresh_tokens().rotate(token, NOW).await {
            Err(StoreError::Retryable(_)) => tokio::task::yield_now().await,
            rotated => {
                unit.commit().await.unwrap();
                return rotated.unwrap();
            }
        }
    }
}

async fn a_second_exchange_waits_for_the_first_to_commit(store: Stored) {
    let token = first(&store).await;
    let mut unit = store.begin().await.unwrap();
    assert!(unit.refresh_tokens().rotate(token.id, NOW).await.unwrap());
    let committing = Arc::new(AtomicBool::new(false));
    let second = tokio::spawn({
        let (store, committing) = (store.clone(), Arc::clone(&committing));
        async move { (rotate_in_a_unit(&store, token.id).await, committing.load(Ordering::SeqCst)) }
    });
    // Time for the second to answer too early, if it would.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    committing.store(true, Ordering::SeqCst);
    unit.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), (false, true));
}

async fn an_exchange_that_was_rolled_back_can_be_made_by_another(store: Stored) {
    let token = first(&store).await;
    let mut unit = store.begin().await.unwrap();
    unit.refresh_tokens().rotate(token.id, NOW).await.unwrap();
    drop(unit);
    assert!(rotate_in_a_unit(&store, token.id).await);
}

/// A family of three, the first two of them exchanged.
async fn family(store: &Stored) -> [RefreshToken; 3] {
    let first = first(store).await;
    let second = successor(&first, "second");
    let third = successor(&second, "third");
    for (next, last) in [(&second, &first), (&third, &second)] {
        rotate(store, last).await;
        add_refresh_token(store, next).await;
    }
    [first, second, third]
}

async fn a_whole_family_is_revoked(store: Stored) {
    let family = family(&store).await;
    let revoked = store.repositories().refresh_tokens().revoke_family(family[0].session).await.unwrap();
    assert_eq!(revoked, 3);
    for token in family {
        assert_eq!(found(&store, &token).await, None);
    }
}

async fn other_families_stay_when_one_is_revoked(store: Stored) {
    let token = first(&store).await;
    let session = add_session(&store, token.account, "other session").await;
    let other = refresh_token(token.account, session, "other");
    add_refresh_token(&store, &other).await;
    store.repositories().refresh_tokens().revoke_family(token.session).await.unwrap();
    assert_eq!(found(&store, &other).await, Some(other));
}

async fn an_empty_family_revokes_nothing(store: Stored) {
    let (_, session) = signed_in(&store, "ada@example.com").await;
    assert_eq!(store.repositories().refresh_tokens().revoke_family(session).await.unwrap(), 0);
}

async fn all_tokens_of_an_account_are_revoked(store: Stored) {
    let family = family(&store).await;
    let session = add_session(&store, family[0].account, "other session").await;
    let other = refresh_token(family[0].account, session, "other");
    add_refresh_token(&store, &other).await;
    let revoked = store.repositories().refresh_tokens().revoke_all(other.account, None).await.unwrap();
    assert_eq!(revoked, 4);
    assert_eq!(found(&store, &other).await, None);
}

async fn all_tokens_but_those_of_one_session_are_revoked(store: Stored) {
    let family = family(&store).await;
    let session = add_session(&store, family[0].account, "kept session").await;
    let kept = refresh_token(family[0].account, session, "kept");
    add_refresh_token(&store, &kept).await;
    let mut repositories = store.repositories();
    assert_eq!(repositories.refresh_tokens().revoke_all(kept.account, Some(session)).await.unwrap(), 3);
    assert_eq!(found(&store, &kept).await, Some(kept));
}

async fn the_tokens_of_others_stay_when_all_are_revoked(store: Stored) {
    let token = first(&store).await;
    let (bob, session) = signed_in(&store, "bob@example.com").await;
    let other = refresh_token(bob, session, "other");
    add_refresh_token(&store, &other).await;
    store.repositories().refresh_tokens().revoke_all(token.account, None).await.unwrap();
    assert_eq!(found(&store, &other).await, Some(other));
}

async fn revoked_tokens_leave_room_for_new_ones(store: Stored) {
    let family = family(&store).await;
    store.repositories().refresh_tokens().revoke_family(family[0].session).await.unwrap();
    add_refresh_token(&store, &family[0]).await;
    assert_eq!(found(&store, &family[0]).await.as_ref(), Some(&family[0]));
}

async fn add_expiring(store: &Stored, name: &str, at: OffsetDateTime) -> RefreshToken {
    let (account, session) = signed_in(store, &format!("{name}@example.com")).await;
    let token = RefreshToken { expires_at: at, ..refresh_token(account, session, name) };
    add_refresh_token(store, &token).await;
    token
}

async fn purge(store: &Stored, limit: u64) -> u64 {
    store.repositories().refresh_tokens().purge_expired(SECOND, limit).await.unwrap()
}

async fn a_purge_removes_what_expired_at_or_before_its_time(store: Stored) {
    let before = add_expiring(&store, "before", SECOND - Duration::SECOND).await;
    let then = add_expiring(&store, "then", SECOND).await;
    let after = add_expiring(&store, "after", SECOND + Duration::SECOND).await;
    assert_eq!(purge(&store, 100).await, 2);
    assert_eq!((found(&store, &before).await, found(&store, &then).await), (None, None));
    assert_eq!(found(&store, &after).await, Some(after));
}

async fn a_purge_takes_exchanged_tokens_and_leaves_their_successors(store: Stored) {
    let parent = add_expiring(&store, "parent", SECOND).await;
    assert!(rotate(&store, &parent).await);
    let next = successor(&parent, "next");
    add_refresh_token(&store, &next).await;
    assert_eq!(purge(&store, 100).await, 1);
    assert_eq!(found(&store, &parent).await, None);
    assert_eq!(found(&store, &next).await, Some(next));
}

async fn a_purge_keeps_to_its_limit(store: Stored) {
    for name in ["one", "two", "three"] {
        add_expiring(&store, name, SECOND).await;
    }
    assert_eq!(purge(&store, 0).await, 0);
    assert_eq!(purge(&store, 2).await, 2);
    assert_eq!(purge(&store, 2).await, 1);
}
