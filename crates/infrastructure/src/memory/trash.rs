//! The trash.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::page::{Page, PageRequest, Part};
use vestibule_domain::store::StoreError;
use vestibule_domain::trash::{
    DueRemoval, RemovedKinds, RemovedRows, TrashEntry, TrashPlace, TrashRepository,
};

use super::row::LATEST;
use super::rows::accounts::AccountEntry;
use super::rows::trash::{TrashRow, by, removed, waiting};
use super::rows::{contacts, refresh_tokens, sessions};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    fn entry(&self, row: &TrashRow) -> Option<TrashEntry> {
        let account = self.accounts.get(row.account)?;
        Some(TrashEntry {
            id: row.id,
            account: account.details.uuid,
            email: account.details.email.clone(),
            username: account.details.username.clone(),
            deleted_by: row.deleted_by.and_then(|by| self.uuid_of(by)),
            deleted_at: row.deleted_at,
            reason: row.reason.clone(),
        })
    }

    fn is_being_removed(&self, account: AccountId) -> bool {
        self.trash.get(account).is_some_and(|row| row.removal_began_at.is_some())
    }

    fn set_deleted_at(&mut self, account: AccountId, at: Option<OffsetDateTime>) -> Result<(), StoreError> {
        self.accounts.update(account, |account| {
            account.details.deleted_at = at;
            true
        })?;
        Ok(())
    }

    /// Lets go of an account what names it and belongs to others. Answers how many rows.
    pub(super) fn forget_names_of(&mut self, account: AccountId, limit: u64) -> Result<u64, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let edited = AccountEntry::UpdatedBy(account, AccountId(i64::MIN))
            ..=AccountEntry::UpdatedBy(account, AccountId(i64::MAX));
        let edited: Vec<_> = self.accounts.range(edited).take(limit).map(|account| account.id).collect();
        for id in &edited {
            self.accounts.update(*id, |account| {
                account.details.updated_by = None;
                true
            })?;
        }
        let left = limit.saturating_sub(edited.len());
        let trashed: Vec<_> = self.trash.range(by(account)).take(left).map(|row| row.account).collect();
        for id in &trashed {
            self.trash.update(*id, |row| {
                row.deleted_by = None;
                true
            })?;
        }
        Ok((edited.len() + trashed.len()) as u64)
    }
}

#[async_trait]
impl<A: Access> TrashRepository for MemoryScope<A> {
    async fn put(
        &mut self,
        accounts: &[AccountId],
        by: Option<AccountId>,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                if let Some(by) = by {
                    tables.require_account(by)?;
                }
                for account in accounts {
                    tables.require_account(*account)?;
                    let row = TrashRow {
                        id: tables.next_trash(),
                        account: *account,
                        deleted_by: by,
                        deleted_at: at,
                        reason: reason.to_owned(),
                        removal_began_at: None,
                        removal_failures: 0,
                        removal_put_off_until: None,
                    };
                    tables.trash.insert(row)?;
                    tables.set_deleted_at(*account, Some(at))?;
                }
                Ok(())
            })
            .await
    }

    async fn restore(&mut self, account: AccountId) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let waits = tables.trash.get(account).is_some_and(|row| row.removal_began_at.is_none());
                if waits {
                    tables.trash.remove(account);
                    tables.set_deleted_at(account, None)?;
                }
                Ok(waits)
            })
            .await
    }

    async fn entry(&mut self, account: AccountId) -> Result<Option<TrashEntry>, StoreError> {
        self.0.read(|tables| {
            let row = tables.trash.get(account).filter(|row| row.removal_began_at.is_none())?;
            tables.entry(row)
        })
    }

    async fn list(&mut self, page: PageRequest) -> Result<Page<TrashEntry>, StoreError> {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let rows: Vec<_> = tables.trash.range(waiting(LATEST)).collect();
            let shown = rows.iter().skip(size(page.offset)).take(size(page.limit.get()));
            Page { items: shown.filter_map(|row| tables.entry(row)).collect(), total: rows.len() as u64 }
        })
    }

    async fn after(
        &mut self,
        after: Option<TrashPlace>,
        limit: u64,
    ) -> Result<Part<TrashEntry, TrashPlace>, StoreError> {
        let is_beyond = |row: &&TrashRow| {
            after.is_none_or(|after| (row.deleted_at, row.id) > (after.deleted_at, after.id))
        };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let mut rows: Vec<_> = tables.trash.range(waiting(LATEST)).filter(is_beyond).collect();
            let has_more = rows.len() > limit;
            rows.truncate(limit);
            let last = rows.last().filter(|_| has_more);
            let next = last.map(|row| TrashPlace { deleted_at: row.deleted_at, id: row.id });
            Part { items: rows.into_iter().filter_map(|row| tables.entry(row)).collect(), next }
        })
    }

    async fn begin_removal(&mut self, account: AccountId, at: OffsetDateTime) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                tables.trash.update(account, |row| {
                    row.removal_began_at = row.removal_began_at.or(Some(at));
                    true
                })
            })
            .await
    }

    async fn is_being_removed(&mut self, account: AccountId) -> Result<bool, StoreError> {
        self.0.read(|tables| tables.trash.get(account).is_some_and(|row| row.removal_began_at.is_some()))
    }

    async fn due(
        &mut self,
        until: Option<OffsetDateTime>,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<DueRemoval>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let old = until.into_iter().flat_map(|until| tables.trash.range(waiting(until)));
            let all = tables.trash.range(removed()).chain(old);
            let due = all.filter(|row| row.removal_put_off_until.is_none_or(|until| until <= now));
            let due = due.map(|row| DueRemoval { account: row.account, failures: row.removal_failures });
            due.take(limit).collect()
        })
    }

    async fn put_off_removal(
        &mut self,
        account: AccountId,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                tables.trash.update(account, |row| {
                    row.removal_failures = row.removal_failures.saturating_add(1);
                    row.removal_put_off_until = Some(until);
                    true
                })
            })
            .await
    }

    async fn remove_some(&mut self, account: AccountId, limit: u64) -> Result<RemovedRows, StoreError> {
        self.0
            .write(|tables| {
                if !tables.is_being_removed(account) {
                    return Ok(RemovedRows::default());
                }
                let size = usize::try_from(limit).unwrap_or(usize::MAX);
                let shown = tables.contacts.range(contacts::of(account)).take(size);
                let mut pictures: Vec<_> = shown.filter_map(contacts::ContactRow::picture).collect();
                let contacts = tables.contacts.remove_range(contacts::of(account), limit, |_| true);
                let mut kinds = RemovedKinds { contacts: contacts.len() as u64, ..RemovedKinds::default() };
                let mut rows = kinds.contacts;
                if rows < limit {
                    pictures.extend(tables.picture_of(account));
                    kinds.profiles = u64::from(tables.profiles.remove(account));
                    rows += kinds.profiles;
                }
                let tokens = refresh_tokens::of_account(account);
                kinds.refresh_tokens =
                    tables.refresh_tokens.remove_range(tokens, limit - rows, |_| true).len() as u64;
                rows += kinds.refresh_tokens;
                let sessions = sessions::of_account(account);
                kinds.sessions = tables.sessions.remove_range(sessions, limit - rows, |_| true).len() as u64;
                rows += kinds.sessions;
                kinds.sent_messages = tables.forget_sent_to(account, limit - rows);
                rows += kinds.sent_messages;
                rows += tables.forget_names_of(account, limit - rows)?;
                Ok(RemovedRows { rows, pictures, kinds })
            })
            .await
    }

    async fn remove(&mut self, account: AccountId) -> Result<Option<u64>, StoreError> {
        self.0
            .write(|tables| {
                if !tables.is_being_removed(account) || tables.uuid_of(account).is_none() {
                    return Ok(None);
                }
                tables.forget_names_of(account, u64::MAX)?;
                let sent_messages = tables.forget_sent_to(account, u64::MAX);
                tables.remove_account(account)?;
                Ok(Some(sent_messages))
            })
            .await
    }
}
