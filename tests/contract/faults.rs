//! What the fault-injecting store does when it is told to fail.

use std::error::Error as _;
use std::sync::Arc;

use vestibule_domain::store::{Constraint, Store, StoreError};
use vestibule_infrastructure::faulty::{CAUSE, Fault, FaultyStore};
use vestibule_infrastructure::memory::MemoryStore;

use crate::given::message;

fn faulty() -> FaultyStore {
    FaultyStore::new(Arc::new(MemoryStore::new()))
}

async fn enqueue(store: &FaultyStore, name: &str) -> Result<(), StoreError> {
    store.repositories().outbox().enqueue(&message(name)).await
}

async fn waiting(store: &FaultyStore) -> u64 {
    store.repositories().outbox().waiting().await.unwrap()
}

#[tokio::test]
async fn the_call_with_this_number_fails_and_no_other() {
    let store = faulty();
    store.fail_call(2, Fault::Unexpected);
    let mut outcomes = Vec::new();
    for name in ["one", "two", "three"] {
        outcomes.push(enqueue(&store, name).await.is_ok());
    }
    assert_eq!(outcomes, [true, false, true]);
}

#[tokio::test]
async fn a_call_that_fails_changes_nothing() {
    let store = faulty();
    store.fail_call(1, Fault::Unexpected);
    enqueue(&store, "one").await.unwrap_err();
    assert_eq!(waiting(&store).await, 0);
}

#[tokio::test]
async fn calls_inside_of_units_count() {
    let store = faulty();
    store.fail_call(2, Fault::Retryable);
    let mut unit = store.begin().await.unwrap();
    unit.outbox().enqueue(&message("one")).await.unwrap();
    let error = unit.outbox().enqueue(&message("two")).await.unwrap_err();
    assert!(matches!(error, StoreError::Retryable(_)));
    assert_eq!(store.calls(), 2);
}

#[tokio::test]
async fn the_next_unit_does_not_begin() {
    let store = faulty();
    store.fail_begin(Fault::Unavailable);
    assert!(matches!(store.begin().await, Err(StoreError::Unavailable(_))));
    assert!(store.begin().await.is_ok());
}

#[tokio::test]
async fn the_next_commit_fails_and_leaves_nothing() {
    let store = faulty();
    store.fail_commit(Fault::Unexpected);
    let mut unit = store.begin().await.unwrap();
    unit.outbox().enqueue(&message("one")).await.unwrap();
    assert!(matches!(unit.commit().await, Err(StoreError::Unexpected(_))));
    assert_eq!(waiting(&store).await, 0);
}

#[tokio::test]
async fn everything_fails_until_it_is_healed() {
    let store = faulty();
    let unit = store.begin().await.unwrap();
    store.fail_everything(Fault::Unavailable);
    for _ in 0..2 {
        enqueue(&store, "one").await.unwrap_err();
        assert!(store.begin().await.is_err());
        store.ping().await.unwrap_err();
    }
    unit.commit().await.unwrap_err();
    store.heal();
    store.ping().await.unwrap();
    enqueue(&store, "one").await.unwrap();
}

#[tokio::test]
async fn an_injected_conflict_names_its_constraint() {
    let store = faulty();
    store.fail_call(1, Fault::Conflict(Constraint::UsersEmail));
    let error = enqueue(&store, "one").await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { constraint: Constraint::UsersEmail }));
}

#[tokio::test]
async fn the_cause_is_recognisable_and_not_in_the_error_s_own_text() {
    let store = faulty();
    for fault in [Fault::Retryable, Fault::Unavailable, Fault::Unexpected] {
        store.fail_call(1, fault);
        let error = enqueue(&store, "one").await.unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), CAUSE);
        assert!(!error.to_string().contains(CAUSE));
    }
}
