//! The contract of `IdempotencyRepository`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::idempotency::{Claim, Claimed, HolderId, KeyPlace};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, add_account, conflict, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    the_first_claim_gets_the_turn_and_the_same_is_under_way,
    something_else_is_not_asked_for_under_the_same_key,
    a_key_counts_for_one_account_and_one_scope,
    an_answer_is_given_again,
    an_answer_of_a_unit_that_is_dropped_is_none,
    only_the_holder_answers_and_once,
    a_turn_that_is_given_back_is_free,
    an_answered_key_is_not_given_back,
    a_turn_that_is_over_is_taken_over_by_the_same_request,
    a_key_that_has_expired_is_free_for_anything,
    nobody_has_no_keys,
    of_claims_at_once_one_gets_the_turn,
    of_claims_at_once_one_takes_a_turn_over,
    keys_that_have_expired_are_purged,
]);

fn claim(account: AccountId, holder: &str) -> Claim {
    claim_at(account, holder, NOW)
}

fn claim_at(account: AccountId, holder: &str, now: OffsetDateTime) -> Claim {
    Claim {
        place: KeyPlace::new(account, "PUT /api/users/points/add", &SecretDigest::of("key")),
        request: SecretDigest::of("request"),
        holder: HolderId(id(holder)),
        now,
        held_until: now + Duration::MINUTE,
        expires_at: now + Duration::DAY,
    }
}

async fn claimed(store: &Stored, claim: &Claim) -> Claimed {
    store.repositories().idempotency_keys().claim(claim).await.unwrap()
}

async fn answer(store: &Stored, claim: &Claim, answer: &str) -> bool {
    store.repositories().idempotency_keys().answer(&claim.place, claim.holder, answer).await.unwrap()
}

async fn give_back(store: &Stored, claim: &Claim) -> bool {
    store.repositories().idempotency_keys().give_back(&claim.place, claim.holder).await.unwrap()
}

async fn the_first_claim_gets_the_turn_and_the_same_is_under_way(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    assert_eq!(claimed(&store, &claim(ada, "first")).await, Claimed::Turn);
    assert_eq!(claimed(&store, &claim(ada, "second")).await, Claimed::UnderWay);
}

async fn something_else_is_not_asked_for_under_the_same_key(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    assert_eq!(claimed(&store, &first).await, Claimed::Turn);
    let other = Claim { request: SecretDigest::of("another"), ..claim(ada, "second") };
    assert_eq!(claimed(&store, &other).await, Claimed::OtherRequest);
    assert!(answer(&store, &first, "done").await);
    assert_eq!(claimed(&store, &other).await, Claimed::OtherRequest);
}

async fn a_key_counts_for_one_account_and_one_scope(store: Stored) {
    let (ada, eve) =
        (add_account(&store, "ada@example.com").await, add_account(&store, "eve@example.com").await);
    assert_eq!(claimed(&store, &claim(ada, "first")).await, Claimed::Turn);
    assert_eq!(claimed(&store, &claim(eve, "second")).await, Claimed::Turn);
    let place = |scope, key| KeyPlace::new(ada, scope, &SecretDigest::of(key));
    for place in [place("PUT /api/users/points/deduct", "key"), place("PUT /api/users/points/add", "KEY")] {
        assert_eq!(claimed(&store, &Claim { place, ..claim(ada, "third") }).await, Claimed::Turn);
    }
}

async fn an_answer_is_given_again(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    let long = "ü".repeat(40_000);
    assert!(answer(&store, &first, &long).await);
    let later = claim_at(ada, "second", NOW + Duration::DAY - MOMENT);
    assert_eq!(claimed(&store, &later).await, Claimed::Answered(long));
}

async fn an_answer_of_a_unit_that_is_dropped_is_none(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    let mut unit = store.begin().await.unwrap();
    assert!(unit.idempotency_keys().answer(&first.place, first.holder, "done").await.unwrap());
    drop(unit);
    assert_eq!(claimed(&store, &claim(ada, "second")).await, Claimed::UnderWay);
}

async fn only_the_holder_answers_and_once(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    assert!(!answer(&store, &first, "too early").await);
    claimed(&store, &first).await;
    assert!(!answer(&store, &claim(ada, "second"), "another's").await);
    assert!(answer(&store, &first, "done").await);
    assert!(!answer(&store, &first, "again").await);
    assert_eq!(claimed(&store, &claim(ada, "third")).await, Claimed::Answered("done".to_owned()));
}

async fn a_turn_that_is_given_back_is_free(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    assert!(!give_back(&store, &claim(ada, "second")).await);
    assert!(give_back(&store, &first).await);
    assert!(!give_back(&store, &first).await);
    let other = Claim { request: SecretDigest::of("another"), ..claim(ada, "second") };
    assert_eq!(claimed(&store, &other).await, Claimed::Turn);
}

async fn an_answered_key_is_not_given_back(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    answer(&store, &first, "done").await;
    assert!(!give_back(&store, &first).await);
    assert_eq!(claimed(&store, &claim(ada, "second")).await, Claimed::Answered("done".to_owned()));
}

async fn a_turn_that_is_over_is_taken_over_by_the_same_request(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    let in_time = claim_at(ada, "second", first.held_until - MOMENT);
    assert_eq!(claimed(&store, &in_time).await, Claimed::UnderWay);
    let late = claim_at(ada, "third", first.held_until);
    let other = Claim { request: SecretDigest::of("another"), ..late.clone() };
    assert_eq!(claimed(&store, &other).await, Claimed::OtherRequest);
    assert_eq!(claimed(&store, &late).await, Claimed::Turn);
    // Whoever lost the turn has nothing to say.
    assert!(!answer(&store, &first, "late").await);
    assert!(!give_back(&store, &first).await);
    assert!(answer(&store, &late, "done").await);
}

async fn a_key_that_has_expired_is_free_for_anything(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    answer(&store, &first, "done").await;
    let request = SecretDigest::of("another");
    let later = Claim { request, ..claim_at(ada, "second", first.expires_at) };
    assert_eq!(claimed(&store, &later).await, Claimed::Turn);
    assert_eq!(claimed(&store, &Claim { holder: HolderId(id("third")), ..later }).await, Claimed::UnderWay);
}

async fn nobody_has_no_keys(store: Stored) {
    let claimed = store.repositories().idempotency_keys().claim(&claim(NOBODY, "first")).await;
    assert_eq!(conflict(claimed), Constraint::ForeignKey);
}

/// How many of many claims at once get the turn.
async fn turns(store: &Stored, account: AccountId, now: OffsetDateTime) -> usize {
    let claims = at_once(20, |number| {
        let (store, claim) = (store.clone(), claim_at(account, &format!("{now} {number}"), now));
        async move { claimed(&store, &claim).await }
    });
    claims.await.into_iter().filter(|claimed| *claimed == Claimed::Turn).count()
}

async fn of_claims_at_once_one_gets_the_turn(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    assert_eq!(turns(&store, ada, NOW).await, 1);
}

async fn of_claims_at_once_one_takes_a_turn_over(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let first = claim(ada, "first");
    claimed(&store, &first).await;
    assert_eq!(turns(&store, ada, first.held_until).await, 1);
    assert_eq!(turns(&store, ada, first.expires_at + Duration::DAY).await, 1);
}

async fn keys_that_have_expired_are_purged(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    for number in 0..4_u32 {
        let place = KeyPlace::new(ada, "scope", &SecretDigest::of(&number.to_string()));
        let expires_at = NOW + MOMENT * number;
        claimed(&store, &Claim { place, expires_at, ..claim(ada, "holder") }).await;
    }
    let mut repositories = store.repositories();
    let keys = repositories.idempotency_keys();
    assert_eq!(keys.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 2);
    assert_eq!(keys.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 1);
    assert_eq!(keys.purge_expired(NOW + 2 * MOMENT, 2).await.unwrap(), 0);
}
