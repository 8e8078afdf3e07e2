//! Accounts.

use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountId, AccountRepository, AccountTokenKind, EmailAddress, PasswordHash, Role,
};
use vestibule_domain::store::{Constraint, StoreError};

use super::pending_registrations;
use super::row::Row;
use super::scope::{Access, MemoryScope};
use super::tables::EARLIEST;

/// The index entries of accounts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AccountEntry {
    Uuid(Uuid),
    Email(String),
    /// In lower case.
    Username(String),
    Mobile(String),
    /// An account that was never activated, by the time of its registration.
    NeverActivated(OffsetDateTime, AccountId),
}

impl Row for Account {
    type Key = AccountId;
    type Entry = AccountEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> AccountId {
        self.id
    }

    fn entries(&self) -> Vec<(AccountEntry, Option<Constraint>)> {
        let details = &self.details;
        let email = details.email.as_ref().map(|email| AccountEntry::Email(email.as_str().to_owned()));
        let username = details.username.as_ref().map(|name| AccountEntry::Username(name.folded()));
        let mobile = details.mobile.as_ref().map(|mobile| AccountEntry::Mobile(mobile.as_str().to_owned()));
        let unique = [
            (Some(AccountEntry::Uuid(details.uuid.0)), Constraint::UsersUuid),
            (email, Constraint::UsersEmail),
            (username, Constraint::UsersUsername),
            (mobile, Constraint::UsersMobile),
        ]
        .into_iter()
        .filter_map(|(entry, constraint)| Some((entry?, Some(constraint))));
        let waits = self.waits_for_activation();
        let never_activated = waits.then_some(AccountEntry::NeverActivated(details.created_at, self.id));
        unique.chain(never_activated.map(|entry| (entry, None))).collect()
    }
}

#[async_trait]
impl<A: Access> AccountRepository for MemoryScope<A> {
    async fn insert(&mut self, account: &AccountDetails) -> Result<AccountId, StoreError> {
        self.0
            .write(|tables| {
                let id = tables.next_account();
                if let Some(editor) = account.updated_by {
                    tables.require_account(editor)?;
                }
                tables.accounts.insert(Account { id, details: account.clone() })?;
                Ok(id)
            })
            .await
    }

    async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.0.read(|tables| tables.accounts.get(id).cloned())
    }

    async fn lock(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        // A unit of work is the only writer, so there is nothing to lock.
        self.by_id(id).await
    }

    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError> {
        let entry = AccountEntry::Email(email.as_str().to_owned());
        self.0.read(|tables| tables.accounts.find(&entry).cloned())
    }

    async fn activate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.activate_with(id, at, |_| {}).await
    }

    async fn activate_as(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        display_name: Option<&str>,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.activate_with(id, at, |details| {
            details.hashed_password = hash.clone();
            details.display_name = display_name.map(str::to_owned);
        })
        .await
    }

    async fn deactivate(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.update(id, |details| {
            let active = details.is_active;
            if active {
                details.is_active = false;
                details.updated_at = at;
            }
            active
        })
        .await
    }

    async fn set_role(&mut self, id: AccountId, role: Role, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.update(id, |details| {
            details.role = role;
            details.updated_at = at;
            true
        })
        .await
    }

    async fn set_password(
        &mut self,
        id: AccountId,
        hash: &PasswordHash,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.update(id, |details| {
            details.hashed_password = hash.clone();
            details.updated_at = at;
            true
        })
        .await
    }

    async fn upgrade_hash(
        &mut self,
        id: AccountId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError> {
        self.update(id, |details| {
            let unchanged = details.hashed_password == *old;
            if unchanged {
                details.hashed_password = new.clone();
            }
            unchanged
        })
        .await
    }

    async fn purge_never_activated(
        &mut self,
        registered: OffsetDateTime,
        tokens: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError> {
        let entry = AccountEntry::NeverActivated;
        let old = entry(EARLIEST, AccountId(i64::MIN))..=entry(registered, AccountId(i64::MAX));
        self.0
            .write(|tables| {
                let waits = |account: &&Account| {
                    let token = tables.account_tokens.get((AccountTokenKind::Activation.into(), account.id));
                    let mut registrations =
                        tables.pending_registrations.range(pending_registrations::of(account.id));
                    account.details.updated_at == account.details.created_at
                        && token.is_none_or(|token| token.expires_at <= tokens)
                        && registrations.all(|row| row.expires_at() <= tokens)
                };
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                let abandoned = tables.accounts.range(old).filter(waits).take(limit);
                let ids: Vec<_> = abandoned.map(|account| account.id).collect();
                for id in &ids {
                    tables.remove_account(*id);
                }
                Ok(ids.len() as u64)
            })
            .await
    }
}

impl<A: Access> MemoryScope<A> {
    /// Activates an account that waits for it, and applies one more change.
    async fn activate_with(
        &mut self,
        id: AccountId,
        at: OffsetDateTime,
        change: impl FnOnce(&mut AccountDetails) + Send,
    ) -> Result<bool, StoreError> {
        let activate = |account: &mut Account| {
            let waits = account.waits_for_activation();
            if waits {
                account.details.is_active = true;
                account.details.email_verified_at = Some(at);
                account.details.updated_at = at;
                change(&mut account.details);
            }
            waits
        };
        self.0.write(|tables| tables.accounts.update(id, activate)).await
    }

    async fn update(
        &mut self,
        id: AccountId,
        change: impl FnOnce(&mut AccountDetails) -> bool + Send,
    ) -> Result<bool, StoreError> {
        self.0.write(|tables| tables.accounts.update(id, |account| change(&mut account.details))).await
    }
}
