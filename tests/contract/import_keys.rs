//! The contract of `ImportKeyRepository`.

use std::time::Duration;

use vestibule_domain::accounts::import::SealedImportKey;
use vestibule_domain::accounts::{AccountDetails, PasswordHash};
use vestibule_domain::store::StoreError;
use vestibule_tests::contract;

use crate::given::{MOMENT, NOW, Stored, account, add, email};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    keys_are_read_back_by_name,
    a_key_that_is_kept_again_takes_the_place_of_the_old_one,
    a_key_is_held_as_it_is_and_kept_if_there_is_none,
    nobody_keeps_a_key_that_is_held,
    what_a_dropped_unit_kept_is_not_there,
    a_key_is_needed_while_a_hash_of_another_system_names_it,
    a_key_that_was_kept_meanwhile_is_not_removed,
]);

fn key(name: &str, sealed: &[u8]) -> SealedImportKey {
    SealedImportKey { name: name.to_owned(), sealed: sealed.to_owned(), kept_at: NOW }
}

async fn keep(store: &Stored, key: &SealedImportKey) {
    store.repositories().import_keys().keep(key).await.unwrap();
}

async fn all(store: &Stored) -> Vec<SealedImportKey> {
    store.repositories().import_keys().all().await.unwrap()
}

async fn keys_are_read_back_by_name(store: Stored) {
    assert_eq!(all(&store).await, []);
    let (pepper, salt) = (key("PEPPER", &[0, 255, 39]), key("SALT_KEY", &[7; 2_000]));
    keep(&store, &salt).await;
    keep(&store, &pepper).await;
    assert_eq!(all(&store).await, [pepper, salt]);
}

async fn a_key_that_is_kept_again_takes_the_place_of_the_old_one(store: Stored) {
    keep(&store, &key("PEPPER", b"old")).await;
    let new = SealedImportKey { kept_at: NOW + MOMENT, ..key("PEPPER", b"new") };
    keep(&store, &new).await;
    assert_eq!(all(&store).await, [new]);
}

async fn a_key_is_held_as_it_is_and_kept_if_there_is_none(store: Stored) {
    let take = async |key: SealedImportKey| store.repositories().import_keys().hold(&key).await.unwrap();
    assert_eq!(take(key("PEPPER", b"old")).await, key("PEPPER", b"old"));
    let later = SealedImportKey { kept_at: NOW + MOMENT, ..key("PEPPER", b"new") };
    let held = SealedImportKey { sealed: b"old".to_vec(), ..later.clone() };
    assert_eq!(take(later).await, held);
    assert_eq!(all(&store).await, [held]);
}

/// Two units of work come one after the other, or the second one fails and can be tried again.
async fn nobody_keeps_a_key_that_is_held(store: Stored) {
    for kept_before in [false, true] {
        let name = if kept_before { "PEPPER" } else { "SALT_KEY" };
        if kept_before {
            keep(&store, &key(name, b"ours")).await;
        }
        let mut unit = store.begin().await.unwrap();
        assert_eq!(unit.import_keys().hold(&key(name, b"ours")).await.unwrap(), key(name, b"ours"));
        let other = async {
            loop {
                let mut unit = store.begin().await?;
                let held = unit.import_keys().hold(&key(name, b"another")).await;
                match held {
                    Err(StoreError::Retryable(_)) => {}
                    held => return held,
                }
            }
        };
        let commit = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            unit.commit().await
        };
        let (other, committed) = tokio::join!(other, commit);
        committed.unwrap();
        assert_eq!(other.unwrap(), key(name, b"ours"), "kept before: {kept_before}");
    }
}

async fn what_a_dropped_unit_kept_is_not_there(store: Stored) {
    keep(&store, &key("PEPPER", b"old")).await;
    let mut unit = store.begin().await.unwrap();
    unit.import_keys().keep(&key("PEPPER", b"new")).await.unwrap();
    unit.import_keys().keep(&key("SALT_KEY", b"new")).await.unwrap();
    assert_eq!(unit.import_keys().all().await.unwrap().len(), 2);
    drop(unit);
    assert_eq!(all(&store).await, [key("PEPPER", b"old")]);
}

async fn a_key_is_needed_while_a_hash_of_another_system_names_it(store: Stored) {
    let is_needed = async |name| store.repositories().import_keys().is_needed(name).await.unwrap();
    assert!(!is_needed("SALT_KEY").await);
    let ours = "$2b$04$SALT_KEYrhbKUv8Oc9vGiXX0HQOxSg445d458Muh7DAHskb6QbtCvdxcie";
    let foreign = "{foreign}md5-salt-key;plain;md5,@SALT_KEY!bca6245b2a4cea586b500bb7e0f6dbc5";
    for (address, hash) in [("ada@example.com", ours), ("bob@example.com", foreign)] {
        let hashed_password = PasswordHash::new(hash);
        add(&store, &AccountDetails { hashed_password, ..account(address) }).await;
    }
    assert!(is_needed("SALT_KEY").await);
    assert!(!is_needed("PEPPER").await);
    let mut repositories = store.repositories();
    let bob = repositories.accounts().by_email(&email("bob@example.com")).await.unwrap().unwrap();
    let own = PasswordHash::new("$2b$04$own");
    assert!(repositories.accounts().set_password(bob.id, &own, NOW).await.unwrap());
    assert!(!is_needed("SALT_KEY").await);
}

async fn a_key_that_was_kept_meanwhile_is_not_removed(store: Stored) {
    keep(&store, &key("PEPPER", b"sealed")).await;
    let remove = async |name, since| store.repositories().import_keys().remove(name, since).await.unwrap();
    assert!(!remove("PEPPER", NOW).await);
    assert!(!remove("SALT_KEY", NOW + MOMENT).await);
    assert_eq!(all(&store).await.len(), 1);
    assert!(remove("PEPPER", NOW + MOMENT).await);
    assert_eq!(all(&store).await, []);
}
