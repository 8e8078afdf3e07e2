//! Times in messages.

use time::{OffsetDateTime, UtcOffset};

/// The parts of a time that every language needs, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Day of the month, from 1.
    pub(super) day: u8,
    /// Month of the year, from 0, to index lists of names.
    pub(super) month: usize,
    pub(super) year: i32,
    pub(super) hour: u8,
    pub(super) minute: u8,
}

impl From<OffsetDateTime> for Moment {
    fn from(at: OffsetDateTime) -> Self {
        let at = at.to_offset(UtcOffset::UTC);
        Self {
            day: at.day(),
            month: usize::from(u8::from(at.month()) - 1),
            year: at.year(),
            hour: at.hour(),
            minute: at.minute(),
        }
    }
}

impl Moment {
    /// In digits, as templates of the operator show it: `2026-01-31 09:05`.
    pub(super) fn in_digits(self) -> String {
        let Self { day, month, year, hour, minute } = self;
        let month = month + 1;
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}
