//! `[rate_limit]`: whether limits hold. The surfaces define the limits themselves.

use crate::expect::flag;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[rate_limit]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimitSettings {
    /// `false` turns every limit off, which is refused in production.
    pub enabled: bool,
}

impl RateLimitSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("rate_limit");
        let settings = Self { enabled: section.required("enabled", flag) };
        if !settings.enabled && section.environment().is_production() && section.sound(&["enabled"]) {
            section.refuse(
                "enabled",
                "must not be false in production: passwords could be guessed without a limit",
            );
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("rate_limit");
        sheet.flag("enabled", self.enabled);
    }
}
