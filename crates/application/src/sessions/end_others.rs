//! Ending one's other sessions.

use std::sync::Arc;

use vestibule_domain::accounts::Account;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;

use super::SessionStates;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;
use crate::{Actor, Deps};

/// Ends all sessions of the one who asks but that in which he asks.
pub struct EndOtherSessions {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    states: SessionStates,
    audit: AuditTrail,
}

use_case_error! {
    /// Why the sessions may still be open.
    pub enum EndOtherSessionsError {
        /// The account may not sign in any more, or the session that asks has ended.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
    }
}

impl EndOtherSessions {
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
    pub async fn execute(&self, actor: &Actor) -> Result<u64, EndOtherSessionsError> {
        retrying(|| self.attempt(actor)).await
    }

    async fn attempt(&self, actor: &Actor) -> Result<u64, EndOtherSessionsError> {
        let mut unit = self.store.begin().await?;
        // No session may open between the look at the sessions and the commit.
        let account = unit.accounts().lock(actor.account).await?.filter(Account::may_sign_in);
        let account = account.ok_or(EndOtherSessionsError::NotFound)?;
        let now = self.clock.now();
        // Of two sessions that end each other at once, one stays.
        let session = unit.sessions().state(actor.session).await?;
        if !session.is_some_and(|session| session.gives_access(now)) {
            return Err(EndOtherSessionsError::NotFound);
        }
        let keep = Some(actor.session);
        unit.refresh_tokens().revoke_all(account.id, keep).await?;
        let ended = unit.sessions().revoke_all(account.id, keep, now).await?;
        let count = ended.len() as u64;
        if count > 0 {
            let entry = Entry::own(AuditAction::SessionsEnded, account.details.uuid);
            self.audit.record(&mut *unit, &entry.with("ended_sessions", count)).await?;
        }
        self.states.commit(unit, &ended).await?;
        Ok(count)
    }
}
