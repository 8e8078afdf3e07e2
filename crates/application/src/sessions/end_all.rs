//! Ending the sessions of an account.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::SessionStates;
use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Ends all sessions of an account, for an [`Administrator`]. Its owner can log in again.
pub struct EndSessions {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

/// The account, and the proof that the caller may end its sessions.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EndSessionsInput {
    pub administrator: Administrator,
    pub account: AccountId,
}

use_case_error! {
    /// Why the sessions may still be open.
    pub enum EndSessionsError {
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// The one who asks may not any more.
        #[error("the one who asks may not any more")]
        Forbidden => ADMINISTRATORS_ONLY,
    }
}

impl EndSessions {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            states: SessionStates::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Ends them, and answers how many those were, when no server accepts their tokens any more. Sessions that have
    /// expired count while their rows are there.
    pub async fn execute(&self, input: EndSessionsInput) -> Result<u64, EndSessionsError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &EndSessionsInput) -> Result<u64, EndSessionsError> {
        let mut unit = self.store.begin().await?;
        // No session may open between the look at the sessions and the commit.
        let wanted: Vec<_> = [input.account].into_iter().chain(input.administrator.account()).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        if !input.administrator.still_holds(&locked) {
            return Err(EndSessionsError::Forbidden);
        }
        let account = locked.iter().find(|account| account.id == input.account);
        let account = account.ok_or(EndSessionsError::NotFound)?;
        unit.refresh_tokens().revoke_all(account.id, None).await?;
        let ended = unit.sessions().revoke_all(account.id, None, self.clock.now()).await?;
        let count = ended.len() as u64;
        if count > 0 {
            let entry = Entry::new(AuditAction::SessionsEnded, input.administrator.who())
                .on(account.details.uuid)
                .with("ended_sessions", count);
            self.audit.record(&mut *unit, &entry).await?;
        }
        self.states.commit(unit, &ended).await?;
        Ok(count)
    }
}
