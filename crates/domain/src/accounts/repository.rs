//! Where accounts are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{
    Account, AccountDetails, AccountEdit, AccountId, AccountUuid, EmailAddress, PasswordHash, Role, Username,
};
use crate::store::StoreError;

/// Accounts. Look-ups find accounts in the trash too; what that means is the use case's business.
#[async_trait]
pub trait AccountRepository: Send {
    /// Adds an account and numbers it.
    ///
    /// MUST answer `Conflict` with `UsersEmail`, `UsersUsername`, `UsersMobile` or `UsersUuid` when
    /// that value is taken, with `ForeignKey` when `updated_by` is no account, and add nothing then.
    async fn insert(&mut self, account: &AccountDetails) -> Result<AccountId, StoreError>;

    /// The account with this id.
    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// The account with this id, which no other unit of work changes or locks before this one ends.
    /// What is decided by the answer still holds at the commit.
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

    /// Those of the names that an account has, in whatever letter case.
    async fn taken_names(&mut self, names: &[Username]) -> Result<Vec<Username>, StoreError>;

    /// Changes what identifies an account. `false` if there is no such account.
    ///
    /// MUST answer `Conflict` with `UsersEmail` or `UsersUsername` when another account has that value.
    async fn edit(&mut self, id: AccountId, edit: &AccountEdit) -> Result<bool, StoreError>;

    /// The account with this address.
    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError>;

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
