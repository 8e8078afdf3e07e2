//! What goes with every new password.

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountTokenKind, PasswordHash};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::UnitOfWork;

use crate::messages::Outbox;
use crate::sessions::SessionStates;
use crate::{Deps, Failure};

/// Sets a new password, ends what the old one gave, and tells the owner.
pub(super) struct PasswordChange {
    states: SessionStates,
    outbox: Outbox,
}

impl PasswordChange {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { states: SessionStates::new(deps), outbox: Outbox::new(deps) }
    }

    /// Sets the password in a unit that has the account locked, and commits it. All sessions end but `keep`, and the
    /// reset that may be under way.
    pub(super) async fn commit(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        account: &Account,
        hash: &PasswordHash,
        keep: Option<SessionId>,
        language: Option<Language>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        unit.accounts().set_password(account.id, hash, now).await?;
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, account.id).await?;
        unit.refresh_tokens().revoke_all(account.id, keep).await?;
        let ended = unit.sessions().revoke_all(account.id, keep, now).await?;
        if let Some(email) = &account.details.email {
            let notice = Notice::PasswordChanged { email: email.as_str().to_owned() };
            self.outbox.enqueue(&mut *unit, &notice, language, now).await?;
        }
        self.states.commit(unit, &ended).await?;
        self.outbox.wake();
        Ok(())
    }
}
