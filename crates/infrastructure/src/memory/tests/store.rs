//! The store, beyond its contract.

use std::error::Error as _;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Store as _, StoreError};

use crate::memory::MemoryStore;

#[tokio::test]
async fn a_unit_inside_a_unit_is_told_what_it_did_wrong() {
    let store = MemoryStore::with_patience(Duration::ZERO);
    let _open = store.begin().await.unwrap();
    let Err(error) = store.begin().await else { panic!("two units are open") };
    assert!(matches!(error, StoreError::Unavailable(_)));
    assert!(error.source().unwrap().to_string().contains("does the same task hold it?"));
}

#[tokio::test]
async fn a_write_beside_an_open_unit_of_the_same_task_does_not_wait_forever() {
    let store = MemoryStore::with_patience(Duration::ZERO);
    let _open = store.begin().await.unwrap();
    let error = store
        .repositories()
        .account_tokens()
        .consume(AccountTokenKind::Activation, AccountId(1), &SecretDigest::of("a"))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)));
}

#[tokio::test]
async fn a_unit_that_was_broken_by_a_conflict_cannot_be_committed() {
    let store = MemoryStore::new();
    let mut unit = store.begin().await.unwrap();
    let token = AccountToken {
        kind: AccountTokenKind::Activation,
        account: AccountId(404),
        digest: SecretDigest::of("a"),
        surface: None,
        created_at: OffsetDateTime::UNIX_EPOCH,
        expires_at: OffsetDateTime::UNIX_EPOCH,
    };
    unit.account_tokens().put(&token).await.unwrap_err();
    assert!(matches!(unit.commit().await, Err(StoreError::Unexpected(_))));
}
