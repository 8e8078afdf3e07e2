//! `[sessions]`: how many devices are signed in.

use crate::expect::number;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[sessions]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSettings {
    /// The greatest number of open sessions of an account, 10 to 10000. One more login ends the oldest.
    pub max_per_account: u64,
}

impl SessionSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("sessions");
        Self { max_per_account: section.required("max_per_account", number(10..=10_000)) }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("sessions");
        sheet.number("max_per_account", self.max_per_account);
    }
}
