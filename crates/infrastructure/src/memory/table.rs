//! One table.

use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::sync::Arc;

use vestibule_domain::store::StoreError;

use super::row::Row;

/// Rows of one kind.
///
/// Every change is logged until it is [published](Table::publish) or [rolled back](Table::roll_back). So the cost of
/// a unit of work depends on its changes, and not on the size of the table.
pub(super) struct Table<R: Row> {
    rows: BTreeMap<R::Key, Arc<R>>,
    index: BTreeMap<R::Entry, R::Key>,
    /// The row before each change.
    log: Vec<(R::Key, Option<Arc<R>>)>,
}

// A derived `Default` would need `R: Default`.
impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), index: BTreeMap::new(), log: Vec::new() }
    }
}

impl<R: Row> Table<R> {
    /// The row with this primary key.
    pub(super) fn get(&self, key: R::Key) -> Option<&R> {
        self.rows.get(&key).map(AsRef::as_ref)
    }

    /// The row at this place of the index.
    pub(super) fn find(&self, entry: &R::Entry) -> Option<&R> {
        self.index.get(entry).and_then(|key| self.get(*key))
    }

    /// The rows at these places of the index, in order.
    pub(super) fn range(&self, entries: impl RangeBounds<R::Entry>) -> impl DoubleEndedIterator<Item = &R> {
        self.index.range(entries).filter_map(|(_, key)| self.get(*key))
    }

    /// The rows with these primary keys, in order.
    pub(super) fn by_key(&self, keys: impl RangeBounds<R::Key>) -> impl Iterator<Item = &R> {
        self.rows.range(keys).map(|(_, row)| row.as_ref())
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows, the one with the greatest primary key first.
    pub(super) fn last_first(&self) -> impl Iterator<Item = &R> {
        self.rows.values().rev().map(AsRef::as_ref)
    }

    /// Adds a row.
    pub(super) fn insert(&mut self, row: R) -> Result<(), StoreError> {
        if self.rows.contains_key(&row.key()) {
            return Err(R::PRIMARY_KEY.map_or_else(
                || StoreError::Unexpected("the primary key is taken".into()),
                |constraint| StoreError::Conflict { constraint },
            ));
        }
        self.put(row)
    }

    /// Adds a row, or replaces the one with its primary key.
    pub(super) fn put(&mut self, row: R) -> Result<(), StoreError> {
        let key = row.key();
        for (entry, constraint) in row.entries() {
            if let Some(constraint) = constraint
                && self.index.get(&entry).is_some_and(|holder| *holder != key)
            {
                return Err(StoreError::Conflict { constraint });
            }
        }
        self.change(key, Some(Arc::new(row)));
        Ok(())
    }

    /// Changes the row with this primary key. `false` if there is none or `change` says no.
    pub(super) fn update(
        &mut self,
        key: R::Key,
        change: impl FnOnce(&mut R) -> bool,
    ) -> Result<bool, StoreError> {
        let Some(mut row) = self.get(key).cloned() else {
            return Ok(false);
        };
        if !change(&mut row) {
            return Ok(false);
        }
        self.put(row).map(|()| true)
    }

    /// Removes the row with this primary key. `false` if there is none.
    pub(super) fn remove(&mut self, key: R::Key) -> bool {
        let there = self.rows.contains_key(&key);
        if there {
            self.change(key, None);
        }
        there
    }

    /// Removes the rows at these places of the index that `which` picks, the first `limit` of them.
    /// Answers their primary keys.
    pub(super) fn remove_range(
        &mut self,
        entries: impl RangeBounds<R::Entry>,
        limit: u64,
        which: impl Fn(&R) -> bool,
    ) -> Vec<R::Key> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let keys: Vec<_> = self.range(entries).filter(|row| which(row)).take(limit).map(Row::key).collect();
        for key in &keys {
            self.change(*key, None);
        }
        keys
    }

    /// Updates a copy of this table, which has the state of the last publication.
    pub(super) fn publish(&mut self, copy: &mut Self) {
        // Each row is set to its final state, so for a moment two rows may have one unique value. The row that got
        // the value last was changed later, so it is set again later.
        for (key, _) in self.log.drain(..) {
            copy.set(key, self.rows.get(&key).cloned());
        }
    }

    /// Rolls back every change since the last publication.
    pub(super) fn roll_back(&mut self) {
        while let Some((key, before)) = self.log.pop() {
            self.set(key, before);
        }
    }

    fn change(&mut self, key: R::Key, row: Option<Arc<R>>) {
        let before = self.set(key, row);
        self.log.push((key, before));
    }

    fn set(&mut self, key: R::Key, row: Option<Arc<R>>) -> Option<Arc<R>> {
        let before = self.rows.remove(&key);
        for (entry, _) in before.iter().flat_map(|row| row.entries()) {
            self.index.remove(&entry);
        }
        if let Some(row) = row {
            self.index.extend(row.entries().into_iter().map(|(entry, _)| (entry, key)));
            self.rows.insert(key, row);
        }
        before
    }
}
