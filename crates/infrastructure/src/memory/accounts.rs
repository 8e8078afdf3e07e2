//! Accounts.

use std::collections::BTreeSet;
use std::ops::Bound;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountEdit, AccountId, AccountRepository, AccountTokenKind, AccountUuid,
    EmailAddress, ListedAccount, MobileNumber, PasswordHash, PurgedAccounts, Role, Username,
};
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::spelling::lower_case;
use vestibule_domain::store::StoreError;

use super::points;
use super::row::EARLIEST;
use super::rows::accounts::AccountEntry;
use super::rows::pending_registrations;
use super::scope::{Access, MemoryScope};

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
                points::open(tables, id, account.points, account.created_at)?;
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

    async fn lock_all(&mut self, ids: &[AccountId]) -> Result<Vec<Account>, StoreError> {
        let ids: BTreeSet<_> = ids.iter().copied().collect();
        self.0.read(|tables| ids.into_iter().filter_map(|id| tables.accounts.get(id).cloned()).collect())
    }

    async fn ids_of(&mut self, uuids: &[AccountUuid]) -> Result<Vec<(AccountUuid, AccountId)>, StoreError> {
        self.0.read(|tables| {
            let found = uuids.iter().filter_map(|uuid| tables.accounts.find(&AccountEntry::Uuid(uuid.0)));
            let found: BTreeSet<_> = found.map(|account| account.id).collect();
            found.into_iter().filter_map(|id| Some((tables.uuid_of(id)?, id))).collect()
        })
    }

    async fn has_other_admin(&mut self, than: &[AccountId]) -> Result<bool, StoreError> {
        // A unit of work is the only writer.
        let admins = AccountEntry::Admin(AccountId(i64::MIN))..=AccountEntry::Admin(AccountId(i64::MAX));
        self.0.read(|tables| tables.accounts.range(admins).any(|account| !than.contains(&account.id)))
    }

    async fn taken_names(&mut self, names: &[Username]) -> Result<Vec<Username>, StoreError> {
        self.0.read(|tables| {
            let is_taken =
                |name: &&Username| tables.accounts.find(&AccountEntry::Username(name.folded())).is_some();
            names.iter().filter(is_taken).cloned().collect()
        })
    }

    async fn edit(&mut self, id: AccountId, edit: &AccountEdit) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                if let Some(editor) = edit.updated_by {
                    tables.require_account(editor)?;
                }
                tables.accounts.update(id, |Account { details, .. }| {
                    if edit.clears_email {
                        details.email = None;
                    }
                    details.email = edit.email.clone().or_else(|| details.email.take());
                    details.mobile = edit.mobile.clone().or_else(|| details.mobile.take());
                    details.username = edit.username.clone().or_else(|| details.username.take());
                    details.updated_by = edit.updated_by;
                    details.updated_at = edit.updated_at;
                    true
                })
            })
            .await
    }

    async fn by_email(&mut self, email: &EmailAddress) -> Result<Option<Account>, StoreError> {
        let entry = AccountEntry::Email(email.as_str().to_owned());
        self.0.read(|tables| tables.accounts.find(&entry).cloned())
    }

    async fn by_uuid(&mut self, uuid: AccountUuid) -> Result<Option<Account>, StoreError> {
        self.0.read(|tables| tables.accounts.find(&AccountEntry::Uuid(uuid.0)).cloned())
    }

    async fn by_username(&mut self, username: &Username) -> Result<Option<Account>, StoreError> {
        let entry = AccountEntry::Username(username.folded());
        self.0.read(|tables| tables.accounts.find(&entry).cloned())
    }

    async fn by_mobile(&mut self, mobile: &MobileNumber) -> Result<Option<Account>, StoreError> {
        let entry = AccountEntry::Mobile(mobile.as_str().to_owned());
        self.0.read(|tables| tables.accounts.find(&entry).cloned())
    }

    async fn listed_after(&mut self, after: AccountId, limit: u64) -> Result<Vec<ListedAccount>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let accounts = tables.accounts.by_key((Bound::Excluded(after), Bound::Unbounded));
            accounts.filter_map(listed).take(limit).collect()
        })
    }

    async fn listed(
        &mut self,
        name_part: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<ListedAccount>, StoreError> {
        let part = name_part.map(lower_case);
        let first = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(page.limit.get()).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let has_part = |account: &ListedAccount| {
                let name = account.username.as_ref().map(Username::folded);
                part.as_ref().is_none_or(|part| name.is_some_and(|name| name.contains(part)))
            };
            let all: Vec<_> = tables.accounts.by_key(..).filter_map(listed).filter(has_part).collect();
            let total = all.len() as u64;
            Page { items: all.into_iter().skip(first).take(limit).collect(), total }
        })
    }

    async fn let_in(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let let_in = |account: &mut Account| {
            let waits = account.waits_for_activation();
            if waits {
                account.details.is_active = true;
                account.details.activated_at = Some(at);
                account.details.updated_at = at;
            }
            waits
        };
        self.0.write(|tables| tables.accounts.update(id, let_in)).await
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

    async fn readmit(&mut self, id: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let readmit = |account: &mut Account| {
            let details = &account.details;
            let is_locked_out =
                !details.is_active && details.deleted_at.is_none() && !account.waits_for_activation();
            if is_locked_out {
                account.details.is_active = true;
                account.details.updated_at = at;
            }
            is_locked_out
        };
        self.0.write(|tables| tables.accounts.update(id, readmit)).await
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
    ) -> Result<PurgedAccounts, StoreError> {
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
                        && tables.codes_have_ended(account.id, tokens)
                };
                let most = usize::try_from(limit).unwrap_or(usize::MAX);
                let abandoned = tables.accounts.range(old).filter(waits).take(most);
                let ids: Vec<_> = abandoned.map(|account| account.id).collect();
                let mut sent_messages = 0;
                for id in &ids {
                    sent_messages += tables.forget_sent_to(*id, limit - sent_messages);
                }
                if sent_messages >= limit {
                    return Ok(PurgedAccounts { accounts: 0, sent_messages });
                }
                for id in &ids {
                    tables.remove_account(*id)?;
                }
                Ok(PurgedAccounts { accounts: ids.len() as u64, sent_messages })
            })
            .await
    }
}

/// What a list shows of an account, if it is not in the trash.
fn listed(account: &Account) -> Option<ListedAccount> {
    let details = &account.details;
    details.deleted_at.is_none().then(|| ListedAccount {
        id: account.id,
        uuid: details.uuid,
        username: details.username.clone(),
        mobile: details.mobile.clone(),
        is_active: details.is_active,
    })
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
