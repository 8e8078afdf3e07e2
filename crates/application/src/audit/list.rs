//! Reading the trail.

use std::sync::Arc;

use vestibule_domain::audit::{AuditEvent, AuditFilter, AuditPosition};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;

/// Lists what was done to accounts, newest first, a part at a time.
pub struct ListAuditEvents {
    store: Arc<dyn Store>,
}

/// Which part of the list.
#[derive(Debug)]
pub struct ListAuditEventsInput {
    /// Who may.
    pub administrator: Administrator,
    /// Which events.
    pub filter: AuditFilter,
    /// The last event of the part before; `None` begins with the newest.
    pub after: Option<AuditPosition>,
    /// How many at the most.
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum ListAuditEventsError {}
}

impl ListAuditEvents {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists a part.
    pub async fn execute(
        &self,
        input: ListAuditEventsInput,
    ) -> Result<Vec<AuditEvent>, ListAuditEventsError> {
        let mut repositories = self.store.repositories();
        Ok(repositories.audit().list(&input.filter, input.after, input.limit).await?)
    }
}
