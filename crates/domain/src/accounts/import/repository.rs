//! Moving many accounts at a time.

use async_trait::async_trait;

use super::super::AccountId;
use super::{Holder, Identities, WholeAccount};
use crate::store::StoreError;

/// Adds and reads many accounts at a time, each with all that moves with it.
#[async_trait]
pub trait AccountTransfer: Send {
    /// The accounts that have one of these identifiers, each at least once and in any order. Those in the trash are
    /// among them. Names are compared as [`Username::folded`](super::super::Username::folded) has them.
    async fn holders(&mut self, identities: &Identities) -> Result<Vec<Holder>, StoreError>;

    /// Adds accounts with all that moves with them, and gives them ids that ascend in their order, greater than all
    /// earlier ids. Contacts keep their order. An account that has points gets an entry of the ledger for them, and
    /// one in the trash an entry of the trash.
    ///
    /// MUST answer `Conflict` as [`AccountRepository::insert`](super::super::AccountRepository::insert) does, and add
    /// nothing then. MUST need a number of statements that grows far slower than that of the accounts.
    async fn insert(&mut self, accounts: &[WholeAccount]) -> Result<(), StoreError>;

    /// Accounts in the order of their ids, `limit` at the most of those after `after`, those in the trash too. Accounts
    /// whose removal for good began are left out, and the id that comes with them is that of the last account that was
    /// looked at; `None` at the end.
    async fn after(
        &mut self,
        after: AccountId,
        limit: u64,
    ) -> Result<(Vec<WholeAccount>, Option<AccountId>), StoreError>;
}
