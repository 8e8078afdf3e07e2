//! Which row is which, when a source is read twice.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use vestibule_domain::accounts::import::{Identity, ImportedAccount};

use super::counted::Counted;

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowPlace {
    /// How many rows of the source there are up to this one. A line may have several rows, and each of several files has
    /// lines of its own.
    pub(super) number: u64,
    /// The line, or what else the source counts, for messages.
    pub(super) line: u64,
}

/// The good rows of a source, in 12 bytes each. Numbers and lines beyond 2³² count as that.
pub(super) struct SeenRows {
    key: RandomState,
    rows: Vec<SeenRow>,
}

struct SeenRow {
    number: u32,
    line: u32,
    /// The upper 29 bits are those of the hash of its identifiers; the others say as what it is counted, from 1.
    hash: u32,
}

/// The bits that say as what a row is counted.
const COUNTED: u32 = 0b111;

impl SeenRows {
    pub(super) fn new() -> Self {
        Self { key: RandomState::new(), rows: Vec::new() }
    }

    /// Notes the next row.
    pub(super) fn note(&mut self, place: RowPlace, account: &ImportedAccount) {
        let hash = self.hash(account);
        self.rows.push(SeenRow { number: short(place.number), line: short(place.line), hash });
    }

    /// Notes as what a noted row is counted.
    pub(super) fn counts(&mut self, number: u64, counted: Counted) {
        let place = Counted::ALL.iter().position(|one| *one == counted).unwrap_or_default();
        if let Some(row) = self.place(number).and_then(|place| self.rows.get_mut(place)) {
            row.hash = (row.hash & !COUNTED) | short(place as u64 + 1);
        }
    }

    /// As what a row is counted.
    pub(super) fn counted(&self, number: u64) -> Option<Counted> {
        let place = (self.of(number)?.hash & COUNTED).checked_sub(1)?;
        Counted::ALL.get(usize::try_from(place).ok()?).copied()
    }

    /// The line of a row.
    pub(super) fn line(&self, number: u64) -> u64 {
        self.of(number).map_or(number, |row| row.line.into())
    }

    /// Whether a row has the identifiers that it had. A database without an order may tell its rows in another one when
    /// they are read again.
    pub(super) fn is_same(&self, number: u64, account: &ImportedAccount) -> bool {
        self.of(number).is_some_and(|row| row.hash & !COUNTED == self.hash(account))
    }

    fn of(&self, number: u64) -> Option<&SeenRow> {
        self.place(number).and_then(|place| self.rows.get(place))
    }

    fn place(&self, number: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&short(number), |row| row.number).ok()
    }

    fn hash(&self, account: &ImportedAccount) -> u32 {
        let identities: Vec<Identity> = Identity::of(account).collect();
        let [a, b, c, d, ..] = self.key.hash_one(identities).to_le_bytes();
        u32::from_le_bytes([a, b, c, d]) & !COUNTED
    }
}

fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
