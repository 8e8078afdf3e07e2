//! Points.

use std::ops::Bound;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId};
use vestibule_domain::points::{
    EntryId, EntryKind, LedgerSum, Points, PointsChange, PointsEntry, PointsKind, PointsRepository,
};
use vestibule_domain::store::StoreError;

use super::row::Row;
use super::rows::points::{LedgerEntry, of};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    /// Removes the entries of an account, and its name from those that it made.
    pub(super) fn remove_entries_of(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.points_entries.remove_range(of(account), u64::MAX, |_| true);
        let made =
            LedgerEntry::Actor(account, EntryId(i64::MIN))..=LedgerEntry::Actor(account, EntryId(i64::MAX));
        let made: Vec<_> = self.points_entries.range(made).map(Row::key).collect();
        for id in made {
            self.points_entries.update(id, |entry| {
                entry.actor = None;
                true
            })?;
        }
        Ok(())
    }
}

/// Adds the entry of an account that comes with points.
pub(super) fn open(
    tables: &mut Tables,
    id: AccountId,
    points: i64,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    let Some(points) = Points::new(points).ok().filter(|points| points.get() > 0) else { return Ok(()) };
    let entry = PointsEntry {
        id: tables.next_points_entry(),
        account: id,
        kind: EntryKind::Opening,
        points,
        balance_after: points.get(),
        reason: None,
        actor: None,
        idempotency_key: None,
        created_at: at,
    };
    tables.points_entries.insert(entry)
}

#[async_trait]
impl<A: Access> PointsRepository for MemoryScope<A> {
    async fn apply(&mut self, change: &PointsChange) -> Result<Option<i64>, StoreError> {
        self.0.write(|tables| apply(tables, change)).await
    }

    async fn history(
        &mut self,
        account: AccountId,
        before: Option<EntryId>,
        limit: u64,
    ) -> Result<Vec<PointsEntry>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let mut entries: Vec<_> = tables
                .points_entries
                .range(of(account))
                .filter(|entry| before.is_none_or(|before| entry.id < before))
                .cloned()
                .collect();
            entries.reverse();
            entries.truncate(limit);
            entries
        })
    }

    async fn sums(&mut self, after: AccountId, limit: u64) -> Result<Vec<LedgerSum>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.0.read(|tables| {
            let accounts = tables.accounts.by_key((Bound::Excluded(after), Bound::Unbounded)).take(limit);
            accounts.map(|account| sum(tables, account)).collect()
        })
    }
}

fn apply(tables: &mut Tables, change: &PointsChange) -> Result<Option<i64>, StoreError> {
    let (mut balance, points) = (None, change.points.get());
    let is_changed = tables.accounts.update(change.account, |Account { details, .. }| {
        balance = match change.kind {
            PointsKind::Add => details.points.checked_add(points),
            PointsKind::Deduct => details.points.checked_sub(points),
        };
        match balance {
            Some(balance) if balance >= 0 && details.deleted_at.is_none() => details.points = balance,
            _ => return false,
        }
        true
    })?;
    let Some(balance_after) = balance.filter(|_| is_changed) else { return Ok(None) };
    if let Some(actor) = change.actor {
        tables.require_account(actor)?;
    }
    let entry = PointsEntry {
        id: tables.next_points_entry(),
        account: change.account,
        kind: match change.kind {
            PointsKind::Add => EntryKind::Add,
            PointsKind::Deduct => EntryKind::Deduct,
        },
        points: change.points,
        balance_after,
        reason: change.reason.clone(),
        actor: change.actor,
        idempotency_key: change.idempotency_key,
        created_at: change.at,
    };
    tables.points_entries.insert(entry)?;
    Ok(Some(balance_after))
}

fn sum(tables: &Tables, account: &Account) -> LedgerSum {
    let entries = tables.points_entries.range(of(account.id)).map(|entry| {
        let points = i128::from(entry.points.get());
        if entry.kind == EntryKind::Deduct { -points } else { points }
    });
    LedgerSum {
        account: account.id,
        uuid: account.details.uuid,
        balance: account.details.points,
        entries: entries.sum(),
    }
}
