//! Logging in where an owner may bring an account back.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::Role;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::Store;

use super::{LogIn, LogInError, LogInInput, LoggedIn};
use crate::Deps;
use crate::trash::owner_may_bring_back;

/// Logs in as [`LogIn`] does, and tells an owner who moved the account into the trash himself that it can come back; see
/// [`RestoreOwnAccount`](crate::trash::RestoreOwnAccount).
///
/// All other accounts in the trash are answered as [`LogIn`] does: as an unknown one, after the same work.
pub struct EnterAccount {
    store: Arc<dyn Store>,
    log_in: LogIn,
}

/// What the right password gives.
#[derive(Debug)]
pub enum Entered {
    /// A session.
    LoggedIn(LoggedIn),
    /// None: the owner has moved the account into the trash, and can bring it back.
    InTrash {
        /// Since when it lies there.
        since: OffsetDateTime,
    },
}

impl EnterAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), log_in: LogIn::new(deps) }
    }

    /// Logs in, or tells it. That the account is in the trash is told for the right password alone.
    pub async fn execute(&self, input: LogInInput) -> Result<Entered, LogInError> {
        let compared = self.log_in.compared_within_limits(&input).await?;
        if let Some(account) = compared.proven_in_trash() {
            let since = owner_may_bring_back(&mut *self.store.repositories(), account).await?;
            if let Some(since) = since {
                self.log_in.count(AuditAction::LogInRefused, Some(account.details.uuid)).await?;
                return Ok(Entered::InTrash { since });
            }
        }
        Ok(Entered::LoggedIn(self.log_in.enter(compared, &input, Role::User).await?))
    }
}
