//! Which installation a database is.

use std::fmt;

use async_trait::async_trait;
use uuid::Uuid;

use crate::store::StoreError;

/// The id of an installation: a database and all servers on it. Servers on one database have the same id.
///
/// The id is no secret. A copy of a database has the id of its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstallationId(pub Uuid);

impl fmt::Display for InstallationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.hyphenated())
    }
}

/// Keeps the id of this installation in the database.
#[async_trait]
pub trait InstallationRepository: Send {
    /// Answers the id of this installation. A database without one takes `candidate` as its id.
    ///
    /// MUST answer every caller with the same id, also callers at the same time, as long as the database lives.
    async fn settle(&mut self, candidate: InstallationId) -> Result<InstallationId, StoreError>;
}
