//! Places in lists, as queries name them: the time of an entry and its id, which together are like those of no other.

use std::fmt::Display;
use std::str::FromStr;

use time::OffsetDateTime;

/// The word for a place.
pub(super) fn word(at: OffsetDateTime, id: impl Display) -> String {
    format!("{}.{id}", at.unix_timestamp_nanos())
}

/// The place that a word names; `None` for any other text, with which a list begins at its beginning.
pub(super) fn read<I: FromStr>(word: &str) -> Option<(OffsetDateTime, I)> {
    let (nanoseconds, id) = word.split_once('.')?;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}
