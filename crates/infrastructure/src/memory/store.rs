//! The store.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::scope::{MemoryScope, Shared};

/// A store in this process.
///
/// One unit of work is open at a time, and others wait for it up to five seconds. Reads outside of units never wait:
/// they see what was committed last.
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

    async fn probe_writes(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
