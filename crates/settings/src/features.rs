//! `[features]`: parts of the server that can be switched on.

use crate::expect::flag;
use crate::reader::Reader;
use crate::sheet::Sheet;

/// `[features]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureSettings {
    /// An empty catalogue gets the sample movies at start.
    pub sample_data: bool,
    /// Whoever reaches the server reads the OpenAPI documents and tries calls at `/api/docs`.
    pub api_docs: bool,
}

impl FeatureSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("features");
        Self {
            sample_data: section.required("sample_data", flag),
            api_docs: section.required("api_docs", flag),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("features");
        sheet.flag("sample_data", self.sample_data);
        sheet.flag("api_docs", self.api_docs);
    }
}
