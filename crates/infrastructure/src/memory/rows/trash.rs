//! Rows of the table: the trash.

use std::ops::RangeInclusive;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::Constraint;
use vestibule_domain::trash::TrashId;

use super::super::row::Row;
use super::super::row::{EARLIEST, LATEST};

/// An account in the trash.
#[derive(Clone)]
pub(in crate::memory) struct TrashRow {
    pub(in crate::memory) id: TrashId,
    pub(in crate::memory) account: AccountId,
    pub(in crate::memory) deleted_by: Option<AccountId>,
    pub(in crate::memory) deleted_at: OffsetDateTime,
    pub(in crate::memory) reason: String,
    pub(in crate::memory) removal_began_at: Option<OffsetDateTime>,
    pub(in crate::memory) removal_failures: u32,
    pub(in crate::memory) removal_put_off_until: Option<OffsetDateTime>,
}

/// What entries are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum TrashPlace {
    /// Those that may come back.
    Waiting(OffsetDateTime, TrashId),
    /// Those whose removal began.
    Removed(OffsetDateTime, TrashId),
    By(AccountId, TrashId),
}

impl Row for TrashRow {
    type Key = AccountId;
    type Entry = TrashPlace;
    const PRIMARY_KEY: Option<Constraint> = Some(Constraint::Trash);

    fn key(&self) -> AccountId {
        self.account
    }

    fn entries(&self) -> Vec<(TrashPlace, Option<Constraint>)> {
        let state = match self.removal_began_at {
            None => TrashPlace::Waiting(self.deleted_at, self.id),
            Some(began) => TrashPlace::Removed(began, self.id),
        };
        let by = self.deleted_by.map(|by| TrashPlace::By(by, self.id));
        [state].into_iter().chain(by).map(|place| (place, None)).collect()
    }
}

pub(in crate::memory) fn waiting(until: OffsetDateTime) -> RangeInclusive<TrashPlace> {
    TrashPlace::Waiting(EARLIEST, TrashId(i64::MIN))..=TrashPlace::Waiting(until, TrashId(i64::MAX))
}

pub(in crate::memory) fn removed() -> RangeInclusive<TrashPlace> {
    TrashPlace::Removed(EARLIEST, TrashId(i64::MIN))..=TrashPlace::Removed(LATEST, TrashId(i64::MAX))
}

pub(in crate::memory) fn by(account: AccountId) -> RangeInclusive<TrashPlace> {
    TrashPlace::By(account, TrashId(i64::MIN))..=TrashPlace::By(account, TrashId(i64::MAX))
}
