//! Removing expired rows.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountTokenKind;
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};

use super::Purgeable;
use crate::audit::{AuditTrail, Entry};
use crate::policy::Retention;
use crate::retry::retrying;
use crate::trash::Removal;
use crate::{Deps, Failure};

/// How many rows one statement removes at most, so that other writers do not wait long.
const BATCH: u64 = 500;

/// How long an expired token is kept. An absent token is answered differently from an expired one, so the time is far
/// longer than the clocks of servers differ and than a refresh may be repeated.
const AFTER_ITS_END: Duration = Duration::from_hours(1);

/// Removes expired rows of every kind.
///
/// Pending registrations stay even if their token has expired, because their owner may ask for another mail. They are
/// removed with their account.
pub struct PurgeExpired {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    audit: AuditTrail,
    removal: Removal,
}

/// How many rows of each kind were removed. Rows that the database removes along with them do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Purged {
    /// Refresh tokens that expired before their session.
    pub refresh_tokens: u64,
    pub sessions: u64,
    pub reset_tokens: u64,
    pub unactivated_accounts: u64,
    pub parked_messages: u64,
    /// Events of the audit trail.
    pub audit_events: u64,
    /// Codes.
    pub verification_codes: u64,
    /// Idempotency keys.
    pub idempotency_keys: u64,
    /// Accounts that lay in the trash too long, each with all that belonged to it.
    pub trashed_accounts: u64,
}

impl Purged {
    /// How many rows of this kind were removed.
    pub fn of(&self, kind: Purgeable) -> u64 {
        let mut counts = *self;
        *counts.count(kind)
    }

    fn count(&mut self, kind: Purgeable) -> &mut u64 {
        match kind {
            Purgeable::RefreshTokens => &mut self.refresh_tokens,
            Purgeable::Sessions => &mut self.sessions,
            Purgeable::ResetTokens => &mut self.reset_tokens,
            Purgeable::UnactivatedAccounts => &mut self.unactivated_accounts,
            Purgeable::ParkedMessages => &mut self.parked_messages,
            Purgeable::AuditEvents => &mut self.audit_events,
            Purgeable::VerificationCodes => &mut self.verification_codes,
            Purgeable::IdempotencyKeys => &mut self.idempotency_keys,
            Purgeable::TrashedAccounts => &mut self.trashed_accounts,
        }
    }
}

/// At least one kind could not be purged. The other kinds were.
#[derive(Debug, thiserror::Error)]
#[error("{} were not removed", kind.name())]
pub struct PurgeExpiredError {
    /// What was removed.
    pub purged: Purged,
    /// The first kind that failed.
    pub kind: Purgeable,
    #[source]
    failure: Failure,
}

impl PurgeExpired {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            audit: AuditTrail::new(deps),
            removal: Removal::new(deps),
        }
    }

    /// Removes expired rows, a batch at a time. Before each batch it asks `go_on`, and stops when that says no. A
    /// kind that fails does not keep the following kinds from being purged.
    pub async fn execute_while(
        &self,
        retention: Retention,
        go_on: impl Fn() -> bool,
    ) -> Result<Purged, PurgeExpiredError> {
        let now = self.clock.now();
        let mut purged = Purged::default();
        let mut failed = None;
        for kind in Purgeable::ALL {
            let mut is_done = false;
            while !is_done && go_on() {
                let batch = if kind == Purgeable::TrashedAccounts {
                    self.remove_due_account(retention, now, &go_on).await
                } else {
                    let purged = retrying(|| self.purge(kind, retention, now)).await;
                    purged.map(|removed| Batch { removed, is_last: removed < BATCH })
                };
                match batch {
                    Ok(batch) => {
                        *purged.count(kind) += batch.removed;
                        is_done = batch.is_last;
                    }
                    Err(error) => {
                        failed = failed.or(Some((kind, Failure::from(error))));
                        is_done = true;
                    }
                }
            }
        }
        match failed {
            None => Ok(purged),
            Some((kind, failure)) => Err(PurgeExpiredError { purged, kind, failure }),
        }
    }

    /// Removes a batch of a kind, and answers how many rows.
    async fn purge(
        &self,
        kind: Purgeable,
        retention: Retention,
        now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let mut repositories = self.store.repositories();
        match kind {
            // An expired token is refused by what it says itself, before it is looked for.
            Purgeable::RefreshTokens => {
                repositories.refresh_tokens().purge_expired(now - AFTER_ITS_END, BATCH).await
            }
            Purgeable::Sessions => repositories.sessions().purge_expired(now - AFTER_ITS_END, BATCH).await,
            Purgeable::ResetTokens => {
                let tokens = repositories.account_tokens();
                tokens.purge_expired(AccountTokenKind::PasswordReset, now - AFTER_ITS_END, BATCH).await
            }
            Purgeable::UnactivatedAccounts => match retention.unactivated_accounts {
                Some(age) => self.purge_unactivated_accounts(now - age, now).await,
                None => Ok(0),
            },
            Purgeable::ParkedMessages => match retention.parked_messages {
                Some(age) => repositories.outbox().purge_parked(now - age, BATCH).await,
                None => Ok(0),
            },
            Purgeable::AuditEvents => match retention.audit_events {
                Some(age) => repositories.audit().purge(now - age, BATCH).await,
                None => Ok(0),
            },
            // Each in units of work of its own: `remove_due_account`.
            Purgeable::TrashedAccounts => Ok(0),
            Purgeable::VerificationCodes => {
                repositories.verification_codes().purge_expired(now - AFTER_ITS_END, BATCH).await
            }
            Purgeable::IdempotencyKeys => {
                repositories.idempotency_keys().purge_expired(now - AFTER_ITS_END, BATCH).await
            }
        }
    }

    async fn purge_unactivated_accounts(
        &self,
        registered: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let mut unit = self.store.begin().await?;
        let accounts = unit.accounts();
        let removed = accounts.purge_never_activated(registered, now - AFTER_ITS_END, BATCH).await?;
        if removed > 0 {
            let entry = Entry::new(AuditAction::UnactivatedAccountsRemoved, AuditActor::System);
            self.audit.record(&mut *unit, &entry.times(removed)).await?;
        }
        unit.commit().await?;
        Ok(removed)
    }

    /// Removes the next account whose time in the trash is over, or whose removal was cut off.
    async fn remove_due_account(
        &self,
        retention: Retention,
        now: OffsetDateTime,
        go_on: impl Fn() -> bool,
    ) -> Result<Batch, StoreError> {
        let until = retention.trashed_accounts.map(|age| now - age);
        let begin = || async {
            let mut unit = self.store.begin().await?;
            let Some(account) = unit.trash().due(until, 1).await?.first().copied() else { return Ok(None) };
            // Whoever restores an account has locked it: by then it is not due any more.
            let locked = unit.accounts().lock(account).await?;
            let is_due = unit.trash().due(until, 1).await?.contains(&account);
            let Some(locked) = locked.filter(|_| is_due) else { return Ok(Some((account, false))) };
            let is_due = self.removal.decide(&mut *unit, &locked, AuditActor::System, now).await?;
            unit.commit().await?;
            Ok::<_, StoreError>(Some((account, is_due)))
        };
        match retrying(begin).await? {
            None => Ok(Batch { removed: 0, is_last: true }),
            Some((_, false)) => Ok(Batch { removed: 0, is_last: false }),
            Some((account, true)) => {
                let is_gone = self.removal.finish(account, go_on).await?;
                Ok(Batch { removed: u64::from(is_gone), is_last: false })
            }
        }
    }
}

/// What was removed at once.
struct Batch {
    removed: u64,
    /// Whether there is no more of the kind.
    is_last: bool,
}
