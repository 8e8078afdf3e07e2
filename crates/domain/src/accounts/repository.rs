//! Where accounts are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{
    Account, AccountDetails, AccountId, AccountUuid, EmailAddress, ListedAccount, MobileNumber, PasswordHash,
    Role, Username,
};
use crate::page::{Page, PageRequest};
use crate::store::StoreError;

/// Accounts. Look-ups find accounts in the trash too; what that means is the use case's business.
#[async_trait]
pub trait AccountRepository: Send {
    /// Adds an account and numbers it.
    ///
    /// One that has points gets an entry of the ledger for these.
    ///
    /// MUST answer `Conflict` with `UsersEmail`, `UsersUsername`, `UsersMobile` or `UsersUuid` when
    /// that value is taken, with `ForeignKey` when `updated_by` is no account, and add nothing then.
    async fn insert(&mut self, account: &AccountDetails) -> Result<AccountId, StoreError>;

    /// The account with this id.
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account with this id, which no other unit of work changes or locks before this one ends.
    /// What is decided by the answer still holds at the commit.
    async fn lock(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account with this address.
    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError>;

    /// The account with this opaque id.
    async fn by_uuid(&mut self, uuid: AccountUuid) -> Result<Option<Account>, StoreError>;

    /// The account with this name, whatever its letter case.
    async fn by_username(&mut self, username: &Username) -> Result<Option<Account>, StoreError>;

    /// The account with this mobile number.
    async fn by_mobile(&mut self, mobile: &MobileNumber) -> Result<Option<Account>, StoreError>;

    /// Accounts outside the trash in the order of their ids, `limit` at the most of those after `after`.
    async fn listed_after(&mut self, after: AccountId, limit: u64) -> Result<Vec<ListedAccount>, StoreError>;

    /// A page of the accounts outside the trash in the order of their ids. With a text: of those whose name has it
    /// as a part, literally and whatever its letter case.
    async fn listed(
        &mut self,
        name_part: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<ListedAccount>, StoreError>;

    /// Activates an account that waits for it, without a proof of its mail. `false`, and no change, as with
    /// [`activate`](Self::activate).
    async fn let_in(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Activates an account that waits for it ([`Account::waits_for_activation`]), whose owner proved to read
    /// its mail, with the password that it has. `false`, and no change, if there is no such account: one that is active already, that was
    /// locked out or that lies in the trash is none. Of two calls at once one gets `true`.
    async fn activate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Like [`activate`](Self::activate), and gives the account the password and the name to show of the
    /// registration that its owner proved to be his.
    async fn activate_as(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        display_name: Option<&str>,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Makes an account inactive. `false`, and no change, if there is no such account or it is
    /// inactive already.
    async fn deactivate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Gives an account a role. `false` if there is no such account.
    async fn set_role(&mut self, id: AccountId, role: Role, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Sets a new password. `false` if there is no such account.
    async fn set_password(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Replaces the hash of an unchanged password by a stronger one. `false`, and no change, if the
    /// stored hash is not `old` any more. `updated_at` stays.
    async fn upgrade_hash(
        &mut self,
        id: AccountId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError>;

    /// Removes accounts that were never activated, with all that belongs to them, `limit` at the most:
    /// inactive ones without a confirmed address that were registered at or before `registered`, are not in
    /// the trash, were not changed since their registration (as those are that an operator locked out), and
    /// have no activation token and no pending registration that is good after `tokens`. Answers how many.
    ///
    /// MUST NOT remove an account that is activated, or gets a token or a registration, while this runs.
    async fn purge_never_activated(
        &mut self,
        registered: OffsetDateTime,
        tokens: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError>;
}
