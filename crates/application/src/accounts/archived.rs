//! What an archive tells of what was done to an account.

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::{AuditActor, AuditEvent, AuditEventId, RecordedAction};
use vestibule_domain::points::{EntryId, EntryKind, Points, PointsEntry};
use vestibule_domain::secret::SecretDigest;

/// Who did something to an account, as its archive tells it. An archive is for the owner, so it names nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchivedActor {
    /// The owner.
    Owner,
    /// Another account. Those of staff alone change that of somebody else.
    Staff,
    /// Somebody who proved nothing. That may have been the owner, or a stranger.
    Anonymous,
    /// The operator, at the command line.
    Operator,
    /// The server itself.
    System,
}

/// An event of the trail as an archive has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of `AuditEvent`")]
pub struct ArchivedEvent {
    pub id: AuditEventId,
    pub at: OffsetDateTime,
    pub by: ArchivedActor,
    /// The account of the archive.
    pub account: AccountUuid,
    pub action: RecordedAction,
    pub surface: String,
    /// `None` too where it is not known to be the owner's.
    pub client: Option<String>,
    /// `None` too where it is not known to be the owner's.
    pub request: Option<Uuid>,
    pub details: Option<String>,
    pub times: u64,
}

/// An entry of the ledger as an archive has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of `PointsEntry`")]
pub struct ArchivedEntry {
    pub id: EntryId,
    /// The account of the archive.
    pub account: AccountId,
    pub kind: EntryKind,
    pub points: Points,
    pub balance_after: i64,
    pub reason: Option<String>,
    /// `None` where the ledger does not know it.
    pub by: Option<ArchivedActor>,
    /// `None` too where the owner did not choose the key.
    pub idempotency_key: Option<SecretDigest>,
    pub created_at: OffsetDateTime,
}

impl ArchivedActor {
    fn of(actor: AuditActor, owner: AccountUuid) -> Self {
        match actor {
            AuditActor::Account(account) if account == owner => Self::Owner,
            AuditActor::Account(_) => Self::Staff,
            AuditActor::Anonymous => Self::Anonymous,
            AuditActor::Operator => Self::Operator,
            AuditActor::System => Self::System,
        }
    }
}

impl ArchivedEvent {
    /// An event that concerns the account of `owner`. Where the client was goes with the owner alone: of whoever is
    /// anonymous nobody knows whether it was the owner.
    pub(super) fn of(event: AuditEvent, owner: AccountUuid) -> Self {
        let by = ArchivedActor::of(event.actor, owner);
        let is_own = by == ArchivedActor::Owner;
        Self {
            id: event.id,
            at: event.at,
            by,
            account: owner,
            action: event.action,
            surface: event.surface,
            client: event.client.filter(|_| is_own),
            request: event.request.filter(|_| is_own),
            details: event.details,
            times: event.times,
        }
    }
}

impl From<PointsEntry> for ArchivedEntry {
    fn from(entry: PointsEntry) -> Self {
        let is_own = entry.actor == Some(entry.account);
        let of = |_| if is_own { ArchivedActor::Owner } else { ArchivedActor::Staff };
        Self {
            id: entry.id,
            account: entry.account,
            kind: entry.kind,
            points: entry.points,
            balance_after: entry.balance_after,
            reason: entry.reason,
            by: entry.actor.map(of),
            idempotency_key: entry.idempotency_key.filter(|_| is_own),
            created_at: entry.created_at,
        }
    }
}
