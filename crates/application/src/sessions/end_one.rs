//! Ending one session of an account.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::Store;

use super::SessionStates;
use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Ends one session of an account, for an [`Administrator`]. Its owner can log in again.
pub struct EndSession {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// The session, whose it is, and the proof that the caller may end it.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EndSessionInput {
    pub administrator: Administrator,
    pub account: AccountId,
    pub session: SessionId,
}

use_case_error! {
    /// Why the session may still be open.
    pub enum EndSessionError {
        /// The account has no such session, or it has ended already.
        #[error("there is no such open session")]
        NotFound => SESSION_NOT_FOUND,
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
    }
}

impl EndSession {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Ends it, and answers when no server accepts its tokens any more.
    pub async fn execute(&self, input: EndSessionInput) -> Result<(), EndSessionError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &EndSessionInput) -> Result<(), EndSessionError> {
        let mut unit = self.store.begin().await?;
        let wanted: Vec<_> = [input.account].into_iter().chain(input.administrator.account()).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(EndSessionError::Forbidden);
        }
        let state = unit.sessions().state(input.session).await?;
        let state = state.filter(|state| state.account == input.account).ok_or(EndSessionError::NotFound)?;
        unit.refresh_tokens().revoke_family(input.session).await?;
        if !unit.sessions().revoke(input.session, self.clock.now()).await? {
            return Err(EndSessionError::NotFound);
        }
        let entry = Entry::new(AuditAction::SessionsEnded, input.administrator.who())
            .on(state.uuid)
            .with("ended_sessions", 1_u64);
        self.audit.record(&mut *unit, &entry).await?;
        self.states.commit(unit, &[input.session]).await?;
        Ok(())
    }
}
