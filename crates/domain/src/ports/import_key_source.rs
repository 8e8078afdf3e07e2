//! Where a password hasher gets the keys of other systems from.

use async_trait::async_trait;

use crate::Cause;
use crate::accounts::import::ImportKey;

/// The keys that hashes of other systems need. Another process may add some at any time.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ImportKeySource: Send + Sync {
    /// All that are there now. An error if that is not known.
    async fn load(&self) -> Result<Vec<ImportKey>, Cause>;
}
