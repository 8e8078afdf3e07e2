//! The store.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::scope::{MemoryScope, Shared};

/// A store in this process.
///
/// One unit of work is open at a time and others wait for it, five seconds at the most. Readers
/// outside of units never wait: they see what was committed last.
#[derive(Clone)]
pub struct MemoryStore(Arc<Shared>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::with_patience(Duration::from_secs(5))
    }

    /// An empty store whose writers wait for each other no longer than this.
    pub fn with_patience(patience: Duration) -> Self {
        Self(Arc::new(Shared::new(patience)))
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Store for MemoryStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        Box::new(MemoryScope(Arc::clone(&self.0)))
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(MemoryScope(self.0.open().await?)))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use vestibule_domain::accounts::{AccountId, AccountTokenKind};
    use vestibule_domain::secret::SecretDigest;

    use super::*;

    #[tokio::test]
    async fn a_unit_inside_a_unit_is_told_what_it_did_wrong() {
        let store = MemoryStore::with_patience(Duration::ZERO);
        let _open = store.begin().await.unwrap();
        let Err(error) = store.begin().await else {
            panic!("two units are open")
        };
        assert!(matches!(error, StoreError::Unavailable(_)));
        assert!(
            error
                .source()
                .unwrap()
                .to_string()
                .contains("does the same task hold it?")
        );
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
        let token = vestibule_domain::accounts::AccountToken {
            kind: AccountTokenKind::Activation,
            account: AccountId(404),
            digest: SecretDigest::of("a"),
            created_at: time::OffsetDateTime::UNIX_EPOCH,
            expires_at: time::OffsetDateTime::UNIX_EPOCH,
        };
        unit.account_tokens().put(&token).await.unwrap_err();
        assert!(matches!(unit.commit().await, Err(StoreError::Unexpected(_))));
    }
}
