//! Where accounts are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{
    Account, AccountDetails, AccountEdit, AccountId, AccountUuid, EmailAddress, ListedAccount, MobileNumber,
    PasswordHash, Role, Username,
};
use crate::page::{Page, PageRequest};
use crate::store::StoreError;

/// What a purge of accounts that were never activated removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurgedAccounts {
    /// How many accounts.
    pub accounts: u64,
    /// How many records of messages to their addresses.
    pub sent_messages: u64,
}

/// Keeps accounts. Look-ups find accounts in the trash too; use cases decide what that means.
#[async_trait]
pub trait AccountRepository: Send {
    /// Adds an account and gives it an integer id.
    ///
    /// An account that has points gets an entry of the ledger for them.
    ///
    /// MUST answer `Conflict` with `UsersEmail`, `UsersUsername`, `UsersMobile` or `UsersUuid` when another account
    /// has that value, and `Conflict` with `ForeignKey` when `updated_by` is not an account. MUST add nothing then.
    async fn insert(&mut self, account: &AccountDetails) -> Result<AccountId, StoreError>;

    /// The account with this id.
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account with this id, locked: until this unit of work ends, no other unit changes or locks the account. So
    /// what was decided from the answer still holds at the commit.
    async fn lock(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The accounts with these ids, as [`lock`](Self::lock) gives one, in order of ids and each once. Ids of no
    /// account are passed over. They are locked in that order, so that two units never wait for each other.
    async fn lock_all(&mut self, ids: &[AccountId]) -> Result<Vec<Account>, StoreError>;

    /// The integer ids of the accounts with these opaque ids, in any order. Ids of no account are passed over.
    async fn ids_of(&mut self, uuids: &[AccountUuid]) -> Result<Vec<(AccountUuid, AccountId)>, StoreError>;

    /// Whether there is an administrator who may sign in, other than these accounts.
    ///
    /// Inside of a unit of work that takes an administrator away: MUST let no other such unit pass before this one
    /// ends, so that of two that take the last two away one sees what the other did. Whoever calls this has locked
    /// the accounts before, and locks none after it.
    async fn has_other_admin(&mut self, than: &[AccountId]) -> Result<bool, StoreError>;

    /// Those of the names that an account has, in whatever letter case and Unicode form.
    async fn taken_names(&mut self, names: &[Username]) -> Result<Vec<Username>, StoreError>;

    /// Changes what identifies an account. `false` if there is no such account.
    ///
    /// MUST answer `Conflict` with `UsersEmail`, `UsersUsername` or `UsersMobile` when another account has that value.
    async fn edit(&mut self, id: AccountId, edit: &AccountEdit) -> Result<bool, StoreError>;

    /// The account with this address.
    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError>;

    /// The account with this opaque id.
    async fn by_uuid(&mut self, uuid: AccountUuid) -> Result<Option<Account>, StoreError>;

    /// The account with this name, whatever its letter case and Unicode form. Where a release that compared names as
    /// they were typed let two accounts have the name in different forms: the one that has it in this form.
    async fn by_username(&mut self, username: &Username) -> Result<Option<Account>, StoreError>;

    /// The account with this mobile number.
    async fn by_mobile(&mut self, mobile: &MobileNumber) -> Result<Option<Account>, StoreError>;

    /// Accounts outside the trash in the order of their ids, `limit` at the most of those after `after`.
    async fn listed_after(&mut self, after: AccountId, limit: u64) -> Result<Vec<ListedAccount>, StoreError>;

    /// A page of the accounts outside the trash in the order of their ids. With a text: of those whose name has it
    /// as a part, literally and whatever its letter case and Unicode form.
    async fn listed(
        &mut self,
        name_part: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<ListedAccount>, StoreError>;

    /// Activates an account that waits for it, without a proof of its mail. `false`, and no change, as with
    /// [`activate`](Self::activate).
    async fn let_in(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Activates an account that waits for its activation ([`Account::waits_for_activation`]), with the password that
    /// it already has. Its address counts as verified at `at`.
    ///
    /// `false`, and no change, if the account does not exist, is active already, is locked out or lies in the trash.
    /// Of two calls at once only one gets `true`.
    async fn activate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Like [`activate`](Self::activate), and gives the account this password and this display name: those of the
    /// registration whose mail the owner received.
    async fn activate_as(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        display_name: Option<&str>,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Makes an account inactive. `false`, and no change, if the account does not exist or is inactive already.
    async fn deactivate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Makes an account active that is locked out. `false`, and no change, if the account does not exist, is active,
    /// waits for its activation or lies in the trash.
    async fn readmit(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Gives an account a role. `false` if the account does not exist.
    async fn set_role(&mut self, id: AccountId, role: Role, at: OffsetDateTime) -> Result<bool, StoreError>;

    /// Sets a new password. `false` if the account does not exist.
    async fn set_password(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Replaces the hash of an unchanged password by a stronger hash. `false`, and no change, if the stored hash is
    /// no longer `old`. `updated_at` stays.
    async fn upgrade_hash(
        &mut self,
        id: AccountId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError>;

    /// Removes up to `limit` accounts that were never activated, with everything that belongs to them. An account
    /// counts as never activated if all of this holds:
    ///
    /// - it is inactive, its address is not verified, and it is not in the trash;
    /// - it was registered at or before `registered`, and was not changed since (an operator's lockout is a change);
    /// - it has no activation token, no pending registration and no verification code that is still good after
    ///   `tokens`.
    ///
    /// Records of messages to their addresses, of which there may be any number, go before them, up to `limit` at once.
    /// If so many go, no account does: there may be more, and the next call goes on.
    ///
    /// MUST NOT remove an account that is activated, or gets a token or a registration, while this runs. One that is
    /// activated between two calls stays without the records that went before.
    async fn purge_never_activated(
        &mut self,
        registered: OffsetDateTime,
        tokens: OffsetDateTime,
        limit: u64,
    ) -> Result<PurgedAccounts, StoreError>;
}
