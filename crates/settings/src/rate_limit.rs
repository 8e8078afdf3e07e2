//! `[rate_limit]`: whether limits hold. What they are is data of the surfaces.

use crate::expect::flag;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[rate_limit]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimitSettings {
    /// `false` turns every limit off.
    pub enabled: bool,
}

impl RateLimitSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self {
            enabled: reader.section("rate_limit").required("enabled", flag),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("rate_limit");
        sheet.flag("enabled", self.enabled);
    }
}
