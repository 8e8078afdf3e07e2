//! Ending one of one's own sessions.

use std::sync::Arc;

use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::Store;

use super::SessionStates;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Ends a session of the one who asks: that in which he asks, or another one.
pub struct EndOwnSession {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

use_case_error! {
    /// Why the session may still be open.
    pub enum EndOwnSessionError {
        /// The account has no such session, or it has ended already.
        #[error("there is no such open session")]
        NotFound => SESSION_NOT_FOUND,
    }
}

impl EndOwnSession {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Ends it, and answers when no server accepts its tokens any more.
    pub async fn execute(&self, actor: &Actor, session: SessionId) -> Result<(), EndOwnSessionError> {
        retrying(|| self.attempt(actor, session)).await
    }

    async fn attempt(&self, actor: &Actor, session: SessionId) -> Result<(), EndOwnSessionError> {
        let mut unit = self.store.begin().await?;
        let state = unit.sessions().state(session).await?;
        let state = state.filter(|state| state.account == actor.account);
        let state = state.ok_or(EndOwnSessionError::NotFound)?;
        unit.refresh_tokens().revoke_family(session).await?;
        if !unit.sessions().revoke(session, self.clock.now()).await? {
            return Err(EndOwnSessionError::NotFound);
        }
        self.audit.record(&mut *unit, &Entry::own(AuditAction::LoggedOut, state.uuid)).await?;
        self.states.commit(unit, &[session]).await?;
        Ok(())
    }
}
