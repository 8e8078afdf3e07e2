//! A cell of a row.

use csv::ByteRecord;
use encoding_rs::Encoding;

use super::cell_rule::CellRule;
use super::row_fault::RowFault;

/// The text of a cell, and the column that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub column: &'static str,
    pub text: &'a str,
}

impl<'a> Cell<'a> {
    /// The cell at `place` of a row. The row is UTF-8 by now, but for bytes that its file's encoding does not have; the
    /// fault names that encoding.
    pub(super) fn of(
        row: &'a ByteRecord,
        column: &'static str,
        place: usize,
        encoding: &'static Encoding,
    ) -> Result<Self, RowFault> {
        let bytes = row.get(place).unwrap_or_default();
        let text = std::str::from_utf8(bytes)
            .map_err(|_where| RowFault::Encoding { column, encoding: encoding.name() })?;
        Ok(Self { column, text })
    }

    /// The texts of a cell that is a JSON array of them. They are taken as they are: so a file can say what would be
    /// read as something else.
    pub(super) fn array(&self) -> Option<Vec<String>> {
        let text = self.text.trim();
        if text.starts_with('[') { serde_json::from_str(text).ok() } else { None }
    }

    /// The only text of such an array.
    pub(super) fn quoted(&self) -> Option<String> {
        let [text] = <[String; 1]>::try_from(self.array()?).ok()?;
        Some(text)
    }

    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text without the blanks around it; there must be one.
    pub(super) fn required(&self) -> Result<&'a str, RowFault> {
        match self.text.trim() {
            "" => Err(RowFault::Missing { column: self.column }),
            text => Ok(text),
        }
    }

    /// The cell breaks a rule.
    pub(super) fn fault(&self, rule: impl Into<CellRule>) -> RowFault {
        self.fault_at(self.text, rule)
    }

    /// A part of the cell breaks a rule.
    pub(super) fn fault_at(&self, part: &str, rule: impl Into<CellRule>) -> RowFault {
        RowFault::cell(self.column, part, rule.into())
    }
}
