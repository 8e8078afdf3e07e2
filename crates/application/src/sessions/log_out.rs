//! Logging out.

use std::sync::Arc;

use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::Store;

use super::SessionStates;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Ends a session. Its access and refresh tokens are refused from then on.
pub struct LogOut {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// The session to end.
#[derive(Debug)]
pub struct LogOutInput {
    /// Has to be the actor's own.
    pub session: SessionId,
}

use_case_error! {
    /// Why the session may still be open.
    pub enum LogOutError {}
}

impl LogOut {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Ends the session, and answers when no server accepts its tokens any more. A session that has ended already is
    /// no error.
    pub async fn execute(&self, input: LogOutInput) -> Result<(), LogOutError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &LogOutInput) -> Result<(), LogOutError> {
        let mut unit = self.store.begin().await?;
        unit.refresh_tokens().revoke_family(input.session).await?;
        let is_ended = unit.sessions().revoke(input.session, self.clock.now()).await?;
        if is_ended && let Some(state) = unit.sessions().state(input.session).await? {
            self.audit.record(&mut *unit, &Entry::own(AuditAction::LoggedOut, state.uuid)).await?;
        }
        self.states.commit(unit, &[input.session]).await?;
        Ok(())
    }
}
