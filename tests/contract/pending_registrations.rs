//! The contract of `PendingRegistrationRepository`.

use time::Duration;
use vestibule_domain::accounts::{AccountId, PasswordHash, PendingRegistration, RegistrationId};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Constraint;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, add_account, conflict, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_registration_is_found_by_its_id,
    what_is_not_known_of_a_registration_stays_unknown,
    registrations_are_listed_in_the_order_in_which_they_came,
    registrations_of_two_accounts_are_kept_apart,
    a_registration_for_nobody_is_refused,
    an_id_that_another_registration_has_is_refused,
    a_token_that_another_registration_has_is_refused,
    a_refused_registration_adds_nothing,
    a_registration_is_removed_once,
    of_two_who_remove_a_registration_at_once_one_succeeds,
    a_removal_that_was_rolled_back_can_be_repeated,
    a_removed_registration_may_come_again_and_is_the_newest,
    all_registrations_of_an_account_are_removed,
    there_may_be_none_to_remove,
]);

pub(crate) fn registration(account: AccountId, name: &str) -> PendingRegistration {
    PendingRegistration {
        id: RegistrationId(id(name)),
        account,
        digest: SecretDigest::of(name),
        hashed_password: PasswordHash::new(format!("$2b$04$hash of {name}")),
        display_name: Some("Ada 'the 1st'; 🦀".to_owned()),
        client_address: Some("2001:db8:1:2:3:4:5:6".parse().unwrap()),
        created_at: NOW,
        expires_at: NOW + Duration::DAY,
    }
}

async fn add(store: &Stored, registration: &PendingRegistration) {
    store.repositories().pending_registrations().insert(registration).await.unwrap();
}

async fn listed(store: &Stored, account: AccountId) -> Vec<PendingRegistration> {
    store.repositories().pending_registrations().of_account(account).await.unwrap()
}

async fn found(store: &Stored, name: &str) -> Option<PendingRegistration> {
    store.repositories().pending_registrations().by_id(RegistrationId(id(name))).await.unwrap()
}

async fn remove(store: &Stored, name: &str) -> bool {
    store.repositories().pending_registrations().remove(RegistrationId(id(name))).await.unwrap()
}

async fn a_registration_is_found_by_its_id(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let expected = registration(account, "one");
    add(&store, &expected).await;
    add(&store, &registration(account, "another")).await;
    assert_eq!(found(&store, "one").await, Some(expected));
    assert_eq!(found(&store, "none").await, None);
}

async fn what_is_not_known_of_a_registration_stays_unknown(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let of_name = registration(account, "one");
    let expected = PendingRegistration { display_name: None, client_address: None, ..of_name };
    add(&store, &expected).await;
    assert_eq!(listed(&store, account).await, [expected]);
}

async fn registrations_are_listed_in_the_order_in_which_they_came(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    assert_eq!(listed(&store, account).await, []);
    // Neither their ids nor their times decide.
    let mut expected = Vec::new();
    for (number, name) in ["c", "a", "d", "b"].into_iter().enumerate() {
        let created_at = NOW - MOMENT * i32::try_from(number).unwrap();
        let next = PendingRegistration { created_at, ..registration(account, name) };
        add(&store, &next).await;
        expected.push(next);
    }
    assert_eq!(listed(&store, account).await, expected);
}

async fn registrations_of_two_accounts_are_kept_apart(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let (of_ada, of_bob) = (registration(ada, "a"), registration(bob, "b"));
    add(&store, &of_ada).await;
    add(&store, &of_bob).await;
    assert_eq!(listed(&store, ada).await, [of_ada]);
    assert_eq!(listed(&store, bob).await, [of_bob]);
}

async fn a_registration_for_nobody_is_refused(store: Stored) {
    let refused = store.repositories().pending_registrations().insert(&registration(NOBODY, "one")).await;
    assert_eq!(conflict(refused), Constraint::ForeignKey);
}

async fn an_id_that_another_registration_has_is_refused(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    add(&store, &registration(account, "one")).await;
    let same = PendingRegistration { digest: SecretDigest::of("another"), ..registration(account, "one") };
    let refused = store.repositories().pending_registrations().insert(&same).await;
    assert_eq!(conflict(refused), Constraint::PendingRegistrations);
}

async fn a_token_that_another_registration_has_is_refused(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    add(&store, &registration(ada, "one")).await;
    let same = PendingRegistration { digest: SecretDigest::of("one"), ..registration(bob, "another") };
    let refused = store.repositories().pending_registrations().insert(&same).await;
    assert_eq!(conflict(refused), Constraint::PendingRegistrations);
}

async fn a_refused_registration_adds_nothing(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let one = registration(account, "one");
    add(&store, &one).await;
    let refused = store.repositories().pending_registrations().insert(&one).await;
    assert_eq!(conflict(refused), Constraint::PendingRegistrations);
    assert_eq!(listed(&store, account).await, [one]);
}

async fn a_registration_is_removed_once(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let other = registration(account, "another");
    add(&store, &registration(account, "one")).await;
    add(&store, &other).await;
    assert!(remove(&store, "one").await);
    assert!(!remove(&store, "one").await);
    assert_eq!(listed(&store, account).await, [other]);
}

async fn of_two_who_remove_a_registration_at_once_one_succeeds(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    add(&store, &registration(account, "one")).await;
    let removed = at_once(2, |_| {
        let store = store.clone();
        async move { remove(&store, "one").await }
    })
    .await;
    assert_eq!(removed.into_iter().filter(|removed| *removed).count(), 1);
}

async fn a_removal_that_was_rolled_back_can_be_repeated(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    add(&store, &registration(account, "one")).await;
    let mut unit = store.begin().await.unwrap();
    assert!(unit.pending_registrations().remove(RegistrationId(id("one"))).await.unwrap());
    assert_eq!(unit.pending_registrations().of_account(account).await.unwrap(), []);
    drop(unit);
    assert!(remove(&store, "one").await);
}

async fn a_removed_registration_may_come_again_and_is_the_newest(store: Stored) {
    let account = add_account(&store, "ada@example.com").await;
    let (one, other) = (registration(account, "one"), registration(account, "another"));
    add(&store, &one).await;
    add(&store, &other).await;
    let mut unit = store.begin().await.unwrap();
    unit.pending_registrations().remove(one.id).await.unwrap();
    unit.pending_registrations().insert(&one).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(listed(&store, account).await, [other, one]);
}

async fn all_registrations_of_an_account_are_removed(store: Stored) {
    let ada = add_account(&store, "ada@example.com").await;
    let bob = add_account(&store, "bob@example.com").await;
    let of_bob = registration(bob, "b");
    for registration in [&registration(ada, "a1"), &of_bob, &registration(ada, "a2")] {
        add(&store, registration).await;
    }
    assert_eq!(store.repositories().pending_registrations().remove_all(ada).await.unwrap(), 2);
    assert_eq!(listed(&store, ada).await, []);
    assert_eq!(listed(&store, bob).await, [of_bob]);
}

async fn there_may_be_none_to_remove(store: Stored) {
    assert_eq!(store.repositories().pending_registrations().remove_all(NOBODY).await.unwrap(), 0);
    assert!(!remove(&store, "none").await);
}
