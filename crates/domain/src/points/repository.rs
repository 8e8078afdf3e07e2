//! Where points are kept.

use async_trait::async_trait;

use super::{EntryId, LedgerSum, PointsChange, PointsEntry};
use crate::accounts::AccountId;
use crate::store::StoreError;

/// Balances and their ledger. Entries are added with the change of a balance, and go with their account; nothing
/// else changes or removes them. An account that is inserted with points has an entry for these.
#[async_trait]
pub trait PointsRepository: Send {
    /// Changes a balance and adds the entry that says so, both or neither. Answers the new balance. `None`, and no
    /// change, if there is no such account outside the trash, or its balance would be negative or over 2⁶³−1.
    ///
    /// MUST change the balance in one statement, whatever others do to it at the same time. MUST answer `Conflict`
    /// with `ForeignKey` when the actor is no account.
    async fn apply(&mut self, change: &PointsChange) -> Result<Option<i64>, StoreError>;

    /// The account's entries, the newest first, `limit` at the most: those before `before`, if it is given.
    async fn history(
        &mut self,
        account: AccountId,
        before: Option<EntryId>,
        limit: u64,
    ) -> Result<Vec<PointsEntry>, StoreError>;

    /// Balances and what the ledger says of them, in order of the ids of accounts: `limit` at the most of those
    /// after `after`, those in the trash too.
    ///
    /// MUST read a balance and its entries at one moment.
    async fn sums(&mut self, after: AccountId, limit: u64) -> Result<Vec<LedgerSum>, StoreError>;
}
