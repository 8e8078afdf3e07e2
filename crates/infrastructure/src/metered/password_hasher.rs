//! The password hasher, counted.

use std::num::NonZeroUsize;
use std::sync::Arc;

use async_trait::async_trait;
use metrics::{Counter, Gauge};
use vestibule_domain::accounts::{Password, PasswordHash};
use vestibule_domain::ports::{HashError, PasswordHasher, Verification};

use super::UnderWay;

/// Counts what a hasher has to do, and how often it is too busy.
pub struct MeteredHasher {
    hasher: Arc<dyn PasswordHasher>,
    jobs: Gauge,
    refusals: Counter,
}

impl MeteredHasher {
    /// Counts this hasher, which has so many threads.
    pub fn new(hasher: Arc<dyn PasswordHasher>, threads: NonZeroUsize) -> Self {
        let threads = u32::try_from(threads.get()).unwrap_or(u32::MAX);
        metrics::gauge!("vestibule_hash_threads").set(threads);
        Self {
            hasher,
            jobs: metrics::gauge!("vestibule_hash_jobs"),
            refusals: metrics::counter!("vestibule_hash_queue_refusals_total"),
        }
    }

    async fn counted<T>(&self, job: impl Future<Output = Result<T, HashError>>) -> Result<T, HashError> {
        let _under_way = UnderWay::begin(&self.jobs);
        let answer = job.await;
        if matches!(answer, Err(HashError::Busy { .. })) {
            self.refusals.increment(1);
        }
        answer
    }
}

#[async_trait]
impl PasswordHasher for MeteredHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.counted(self.hasher.hash(password)).await
    }

    async fn verify(
        &self,
        password: &Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verification, HashError> {
        self.counted(self.hasher.verify(password, hash)).await
    }
}
