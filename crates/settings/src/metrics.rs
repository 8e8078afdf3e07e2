//! `[metrics]`: what is counted, for monitoring.

use crate::expect::flag;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[metrics]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricsSettings {
    /// Whether `GET /metrics` is served, to whoever reaches the server.
    pub enabled: bool,
}

impl MetricsSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self { enabled: reader.section("metrics").required("enabled", flag) }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("metrics");
        sheet.flag("enabled", self.enabled);
    }
}
