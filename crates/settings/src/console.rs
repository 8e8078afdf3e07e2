//! `[console]`: the pages for operators.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::expect::{duration_within, flag, size};
use crate::reader::Reader;
use crate::sheet::Sheet;

/// A token is replaced when it is a minute old, so that much less would end sessions that are used. Much more would keep
/// the console of an administrator open who has left.
pub(crate) const IDLE: RangeInclusive<Duration> = Duration::from_mins(5)..=Duration::from_hours(1);

/// Never shorter than the longest time for which a session may be idle.
pub(crate) const SESSION: RangeInclusive<Duration> = Duration::from_hours(1)..=Duration::from_hours(24);

/// The largest file of movies: it is kept on the disk while it is imported.
const LARGEST_UPLOAD: usize = 2 << 30;

/// `[console]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleSettings {
    /// Whether `/console` is served.
    pub enabled: bool,
    /// Whether browsers on other machines reach it in production, too.
    pub on_network: bool,
    /// How long a session may be idle.
    pub idle: Duration,
    /// How long a session lasts, however often it is used.
    pub session: Duration,
    /// Largest file of movies that is uploaded, in bytes.
    pub max_upload: usize,
}

impl ConsoleSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("console");
        Self {
            enabled: section.required("enabled", flag),
            on_network: section.required("on_network", flag),
            idle: section.required("idle", duration_within(IDLE)),
            session: section.required("session", duration_within(SESSION)),
            max_upload: section.required("max_upload", size(1..=LARGEST_UPLOAD)),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("console");
        sheet.flag("enabled", self.enabled);
        sheet.flag("on_network", self.on_network);
        sheet.duration("idle", self.idle);
        sheet.duration("session", self.session);
        sheet.size("max_upload", self.max_upload);
    }
}
