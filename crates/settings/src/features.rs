//! `[features]`: what can be switched on.

use crate::expect::flag;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[features]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureSettings {
    /// An empty catalogue gets the sample movies at start.
    pub sample_data: bool,
}

impl FeatureSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self { sample_data: reader.section("features").required("sample_data", flag) }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("features");
        sheet.flag("sample_data", self.sample_data);
    }
}
