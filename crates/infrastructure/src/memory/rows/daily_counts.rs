//! Rows of the table: how often what happened.

use time::Date;
use vestibule_domain::statistics::{CountKind, DailyCount};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The longest name of a surface, in bytes.
const SURFACE: usize = 32;

/// A count.
#[derive(Clone)]
pub(in crate::memory) struct DailyCountRow(pub(in crate::memory) DailyCount);

/// Day, surface and kind. The name of a surface is padded with zeros, which keeps the order.
pub(in crate::memory) type Key = (Date, [u8; SURFACE], CountKind);

/// The key of a count.
pub(in crate::memory) fn key(count: &DailyCount) -> Key {
    let mut surface = [0; SURFACE];
    for (place, byte) in surface.iter_mut().zip(count.surface.bytes()) {
        *place = byte;
    }
    (count.day, surface, count.kind)
}

/// The least key of a day.
pub(in crate::memory) fn first_of(day: Date) -> Key {
    (day, [0; SURFACE], CountKind::SignUps)
}

impl Row for DailyCountRow {
    type Key = Key;
    type Entry = ();
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Key {
        key(&self.0)
    }

    fn entries(&self) -> Vec<((), Option<Constraint>)> {
        Vec::new()
    }
}
