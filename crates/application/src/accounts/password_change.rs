//! What goes with every new password.

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountTokenKind, PasswordHash};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::UnitOfWork;

use crate::audit::{AuditTrail, Entry};
use crate::messages::Outbox;
use crate::sessions::SessionStates;
use crate::{Deps, Failure};

/// Sets a new password, ends what the old one gave, and tells the owner.
pub(super) struct PasswordChange {
    states: SessionStates,
    outbox: Outbox,
    audit: AuditTrail,
}

/// A new password of an account.
pub(super) struct NewHash<'a> {
    pub account: &'a Account,
    pub hash: &'a PasswordHash,
    /// As what it is recorded.
    pub action: AuditAction,
    /// Who sets it.
    pub by: AuditActor,
    /// The session that does not end.
    pub keep: Option<SessionId>,
    /// The language of the notice, if the request names one.
    pub language: Option<Language>,
}

impl PasswordChange {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { states: SessionStates::new(deps), outbox: Outbox::new(deps), audit: AuditTrail::new(deps) }
    }

    /// Sets the password in a unit that has the account locked, records it, and commits. All sessions end but that
    /// which is kept, and the reset that may be under way.
    pub(super) async fn commit(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        new: NewHash<'_>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let NewHash { account, hash, action, by, keep, language } = new;
        unit.accounts().set_password(account.id, hash, now).await?;
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, account.id).await?;
        unit.refresh_tokens().revoke_all(account.id, keep).await?;
        let ended = unit.sessions().revoke_all(account.id, keep, now).await?;
        if let Some(email) = &account.details.email {
            let notice = Notice::PasswordChanged { email: email.as_str().to_owned() };
            self.outbox.enqueue(&mut *unit, &notice, language, now).await?;
        }
        let entry = Entry::new(action, by).on(account.details.uuid);
        self.audit.record(&mut *unit, &entry.with("ended_sessions", ended.len() as u64)).await?;
        self.states.commit(unit, &ended).await?;
        self.outbox.wake();
        Ok(())
    }
}
