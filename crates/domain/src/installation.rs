//! Which installation a database is.

use std::fmt;

use async_trait::async_trait;
use uuid::Uuid;

use crate::store::StoreError;

/// What tells one installation from every other one: all servers on one database have the same.
///
/// It is no secret. A copy of a database has the id of its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstallationId(pub Uuid);

impl fmt::Display for InstallationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.hyphenated())
    }
}

/// Where the id of an installation is kept.
#[async_trait]
pub trait InstallationRepository: Send {
    /// The id of this installation, which becomes `candidate` if there is none yet. MUST answer all callers
    /// alike, also those who call at once, and for as long as the database lives.
    async fn settle(&mut self, candidate: InstallationId) -> Result<InstallationId, StoreError>;
}
