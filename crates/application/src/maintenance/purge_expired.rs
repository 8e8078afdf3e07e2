//! Removing what is past its life.

use std::sync::Arc;

use vestibule_domain::accounts::AccountTokenKind;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};

use crate::error::failures;
use crate::retry::retrying;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// How many rows one statement removes at the most, so that no writer waits long.
const BATCH: u64 = 500;

/// Removes expired sessions with their refresh tokens, and expired reset tokens.
///
/// Pending registrations stay, expired or not: their owner may ask for another mail. They go with their account.
pub struct PurgeExpired {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

/// How much was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Sessions.
    pub sessions: u64,
    /// Reset tokens.
    pub reset_tokens: u64,
}

/// Why the purge stopped; what it removed until then is gone.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum PurgeExpiredError {
    /// Anything.
    Failure(Failure),
}

failures!(PurgeExpiredError: StoreError);

impl CodedError for PurgeExpiredError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("purge_failed")
    }
}

impl PurgeExpired {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone() }
    }

    /// Removes all that has expired, a batch at a time.
    pub async fn execute(&self) -> Result<Purged, PurgeExpiredError> {
        const RESET: AccountTokenKind = AccountTokenKind::PasswordReset;
        let now = self.clock.now();
        let mut purged = Purged::default();
        loop {
            let purge = || async { self.store.repositories().sessions().purge_expired(now, BATCH).await };
            let removed = retrying(purge).await?;
            purged.sessions += removed;
            if removed < BATCH {
                break;
            }
        }
        loop {
            let purge = || async {
                self.store.repositories().account_tokens().purge_expired(RESET, now, BATCH).await
            };
            let removed = retrying(purge).await?;
            purged.reset_tokens += removed;
            if removed < BATCH {
                break;
            }
        }
        Ok(purged)
    }
}
