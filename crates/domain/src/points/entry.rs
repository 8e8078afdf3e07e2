//! The ledger.

use time::OffsetDateTime;

use super::Points;
use crate::accounts::{AccountId, AccountUuid};
use crate::secret::SecretDigest;

/// The id of an entry. Those of one account are in the order of its changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId(pub i64);

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// Points that the account had before there was a ledger, or that it came with.
    Opening,
    /// Points were added.
    Add,
    /// Points were deducted.
    Deduct,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Opening, Self::Add, Self::Deduct];

    /// Its name in tables and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Add => "add",
            Self::Deduct => "deduct",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One change of a balance, as it is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsEntry {
    /// Id.
    pub id: EntryId,
    /// Whose balance.
    pub account: AccountId,
    /// What was done.
    pub kind: EntryKind,
    /// With how many points.
    pub points: Points,
    /// The balance right after it.
    pub balance_after: i64,
    /// Why.
    pub reason: Option<String>,
    /// Who did it. `None` too if that account is gone.
    pub actor: Option<AccountId>,
    /// Digest of the idempotency key under which it was asked for.
    pub idempotency_key: Option<SecretDigest>,
    /// When.
    pub created_at: OffsetDateTime,
}

/// What the ledger says of an account, beside its balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerSum {
    /// The account.
    pub account: AccountId,
    /// Its opaque id.
    pub uuid: AccountUuid,
    /// Its balance.
    pub balance: i64,
    /// The sum of its entries, deductions being negative. No number of entries makes it overflow.
    pub entries: i128,
}

impl LedgerSum {
    /// Whether the ledger explains the balance.
    pub fn is_right(&self) -> bool {
        i128::from(self.balance) == self.entries
    }
}
