//! The password hasher, counted.

use std::sync::Arc;

use async_trait::async_trait;
use metrics::Counter;
use vestibule_domain::accounts::{Password, PasswordHash};
use vestibule_domain::ports::{HashError, PasswordHasher, Verification};

/// Counts how often a hasher is too busy.
pub struct MeteredHasher {
    hasher: Arc<dyn PasswordHasher>,
    refusals: Counter,
}

impl MeteredHasher {
    /// Counts this hasher.
    pub fn new(hasher: Arc<dyn PasswordHasher>) -> Self {
        Self { hasher, refusals: metrics::counter!("vestibule_hash_queue_refusals_total") }
    }

    fn counted<T>(&self, answer: Result<T, HashError>) -> Result<T, HashError> {
        if matches!(answer, Err(HashError::Busy { .. })) {
            self.refusals.increment(1);
        }
        answer
    }
}

#[async_trait]
impl PasswordHasher for MeteredHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.counted(self.hasher.hash(password).await)
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        self.counted(self.hasher.verify(password, hash).await)
    }
}
