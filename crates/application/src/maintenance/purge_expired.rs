//! Removing expired rows.

use std::sync::Arc;
use std::time::Duration;

use time::{OffsetDateTime, UtcOffset};
use vestibule_domain::accounts::{AccountTokenKind, PurgedAccounts};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::maintenance::Chore;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};

use super::Purgeable;
use super::due_removals::{DueRemovals, Next};
use super::tenure::{ChoreLeases, Tenure};
use crate::audit::{AuditTrail, Entry};
use crate::policy::Retention;
use crate::retry::retrying;
use crate::{Deps, Failure};

/// How many rows one statement removes at most, so that other writers do not wait long.
const BATCH: u64 = 500;

/// How long an expired token is kept. An absent token is answered differently from an expired one, so the time is far
/// longer than the clocks of servers differ and than a refresh may be repeated.
const AFTER_ITS_END: Duration = Duration::from_hours(1);

/// How long a key of another system is kept in any case: longer than an import takes, which keeps it before the first
/// account and once more after the last.
const AFTER_AN_IMPORT: Duration = Duration::from_hours(24);

/// How long the counts of a day are kept: for a year, and the month of the year before to compare with.
const STATISTICS: Duration = Duration::from_hours(400 * 24);

/// Removes expired rows of every kind, on one server at a time.
///
/// Pending registrations stay even if their token has expired, because their owner may ask for another mail. They are
/// removed with their account.
pub struct PurgeExpired {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    audit: AuditTrail,
    leases: ChoreLeases,
    due_removals: DueRemovals,
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
    /// Records of messages that were sent.
    pub sent_messages: u64,
    /// Events of the audit trail.
    pub audit_events: u64,
    /// Codes.
    pub verification_codes: u64,
    /// Idempotency keys.
    pub idempotency_keys: u64,
    /// Keys of other systems.
    pub import_keys: u64,
    /// Numbers of the statistics, of days that were long ago.
    pub daily_counts: u64,
    /// Accounts that lay in the trash too long, each with all that belonged to it.
    pub trashed_accounts: u64,
    /// Removals of such accounts that failed. They were put off, and held up no other.
    pub failed_removals: u64,
    /// Whether it did not come to its end: it was stopped, or its lease went to another server.
    pub is_interrupted: bool,
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
            Purgeable::SentMessages => &mut self.sent_messages,
            Purgeable::AuditEvents => &mut self.audit_events,
            Purgeable::VerificationCodes => &mut self.verification_codes,
            Purgeable::IdempotencyKeys => &mut self.idempotency_keys,
            Purgeable::ImportKeys => &mut self.import_keys,
            Purgeable::DailyCounts => &mut self.daily_counts,
            Purgeable::TrashedAccounts => &mut self.trashed_accounts,
        }
    }
}

/// Why some or all of what has expired is there.
#[derive(Debug, thiserror::Error)]
pub enum PurgeExpiredError {
    /// Nobody knows whether another server is at it, so nothing was removed.
    #[error("whether another server removes what has expired is not known")]
    Lease(#[source] Failure),
    /// At least one kind could not be purged. The other kinds were.
    #[error("{} were not removed", kind.name())]
    Kind {
        /// What was removed.
        purged: Purged,
        /// The first kind that failed.
        kind: Purgeable,
        /// Why.
        #[source]
        failure: Failure,
    },
}

impl PurgeExpiredError {
    /// What was removed.
    pub fn purged(&self) -> Purged {
        match self {
            Self::Lease(_) => Purged::default(),
            Self::Kind { purged, .. } => *purged,
        }
    }
}

impl PurgeExpired {
    pub(crate) fn new(deps: &Deps, instance: InstanceId) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            audit: AuditTrail::new(deps),
            leases: ChoreLeases::new(deps, instance),
            due_removals: DueRemovals::new(deps),
        }
    }

    /// Removes expired rows, a batch at a time. Before each batch it asks `go_on`, and stops when that says no. A
    /// kind that fails does not keep the following kinds from being purged.
    ///
    /// `None` if another server is at it. Should that one die, its lease runs out within minutes.
    pub async fn execute_while(
        &self,
        retention: Retention,
        go_on: impl Fn() -> bool + Send + Sync,
    ) -> Result<Option<Purged>, PurgeExpiredError> {
        if !go_on() {
            return Ok(Some(Purged { is_interrupted: true, ..Purged::default() }));
        }
        let tenure = self.leases.take(Chore::Purge, &go_on).await;
        let Some(tenure) = tenure.map_err(|error| PurgeExpiredError::Lease(error.into()))? else {
            return Ok(None);
        };
        let purged = self.purge_all(retention, &tenure).await;
        tenure.end().await;
        purged.map(Some)
    }

    async fn purge_all(
        &self,
        retention: Retention,
        tenure: &Tenure<'_>,
    ) -> Result<Purged, PurgeExpiredError> {
        let now = self.clock.now();
        let mut purged = Purged::default();
        let mut failed = None;
        for kind in Purgeable::ALL {
            let mut is_done = false;
            while !is_done && tenure.goes_on().await {
                let batch = if kind == Purgeable::TrashedAccounts {
                    self.due_removals.remove_next(retention, now, tenure).await.map(|next| match next {
                        Next::Removed => Batch { removed: 1, failed: 0, is_last: false },
                        Next::PutOff => Batch { removed: 0, failed: 1, is_last: false },
                        Next::Left => Batch { removed: 0, failed: 0, is_last: false },
                        Next::None => Batch { removed: 0, failed: 0, is_last: true },
                    })
                } else if let (Purgeable::UnactivatedAccounts, Some(age)) =
                    (kind, retention.unactivated_accounts)
                {
                    let purged = retrying(|| self.purge_unactivated_accounts(now - age, now)).await;
                    purged.map(|PurgedAccounts { accounts, sent_messages }| Batch {
                        removed: accounts,
                        failed: 0,
                        is_last: accounts.max(sent_messages) < BATCH,
                    })
                } else {
                    let purged = retrying(|| self.purge(kind, retention, now)).await;
                    purged.map(|removed| Batch { removed, failed: 0, is_last: removed < BATCH })
                };
                match batch {
                    Ok(batch) => {
                        *purged.count(kind) += batch.removed;
                        purged.failed_removals += batch.failed;
                        is_done = batch.is_last;
                    }
                    Err(error) => {
                        failed = failed.or(Some((kind, Failure::from(error))));
                        is_done = true;
                    }
                }
            }
            purged.is_interrupted |= !is_done;
        }
        match failed {
            None => Ok(purged),
            Some((kind, failure)) => Err(PurgeExpiredError::Kind { purged, kind, failure }),
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
            Purgeable::ParkedMessages => match retention.parked_messages {
                Some(age) => repositories.outbox().purge_parked(now - age, BATCH).await,
                None => Ok(0),
            },
            Purgeable::SentMessages => match retention.sent_messages {
                Some(age) => repositories.sent_messages().purge(now - age, BATCH).await,
                None => Ok(0),
            },
            Purgeable::AuditEvents => match retention.audit_events {
                Some(age) => repositories.audit().purge(now - age, BATCH).await,
                None => Ok(0),
            },
            Purgeable::ImportKeys => self.purge_import_keys(now - AFTER_AN_IMPORT).await,
            Purgeable::DailyCounts => {
                let oldest = (now - STATISTICS).to_offset(UtcOffset::UTC).date();
                repositories.daily_counts().purge(oldest).await
            }
            // In units of work of their own: `purge_unactivated_accounts` and `DueRemovals`.
            Purgeable::UnactivatedAccounts | Purgeable::TrashedAccounts => Ok(0),
            Purgeable::VerificationCodes => {
                repositories.verification_codes().purge_expired(now - AFTER_ITS_END, BATCH).await
            }
            Purgeable::IdempotencyKeys => {
                repositories.idempotency_keys().purge_expired(now - AFTER_ITS_END, BATCH).await
            }
        }
    }

    async fn purge_import_keys(&self, since: OffsetDateTime) -> Result<u64, StoreError> {
        let mut repositories = self.store.repositories();
        let keys = repositories.import_keys();
        let mut removed = 0;
        for key in keys.all().await?.iter().filter(|key| key.kept_at < since) {
            if !keys.is_needed(&key.name).await? && keys.remove(&key.name, since).await? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    async fn purge_unactivated_accounts(
        &self,
        registered: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<PurgedAccounts, StoreError> {
        let mut unit = self.store.begin().await?;
        let accounts = unit.accounts();
        let purged = accounts.purge_never_activated(registered, now - AFTER_ITS_END, BATCH).await?;
        if purged.accounts > 0 {
            let entry = Entry::new(AuditAction::UnactivatedAccountsRemoved, AuditActor::System);
            self.audit.record(&mut *unit, &entry.times(purged.accounts)).await?;
        }
        unit.commit().await?;
        Ok(purged)
    }
}

/// What was removed at once.
struct Batch {
    removed: u64,
    /// Removals that failed.
    failed: u64,
    /// Whether there is no more of the kind.
    is_last: bool,
}
