//! What can be wrong with a row.

use super::cell_rule::CellRule;

/// A row that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct BadRow {
    /// The line of the file in which the row begins, from 1.
    pub line: u64,
    /// Why.
    pub fault: RowFault,
}

/// Why a row cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Cells are lacking, or too many: then none of them can be trusted to be in its column.
    #[error("the row has another number of columns ({found}) than the header ({expected})")]
    Width {
        /// Columns of the row.
        found: usize,
        /// Columns of the header.
        expected: usize,
    },
    /// Bytes that are no text.
    #[error("{column} is not {encoding}")]
    Encoding {
        /// The column.
        column: &'static str,
        /// The encoding of the file.
        encoding: &'static str,
    },
    /// A date that is day-first, where slashed dates are month-first unless something else is said.
    #[error("date {value:?}: this is day-first, and not of the form MM/DD/YYYY")]
    DayFirst {
        /// The date.
        value: String,
    },
    /// A cell that must say something is blank.
    #[error("{column} is missing")]
    Missing {
        /// The column.
        column: &'static str,
    },
    /// A cell breaks a rule.
    #[error("{column} {value:?}: {rule}")]
    Cell {
        /// The column.
        column: &'static str,
        /// What it says, or the beginning of it.
        value: String,
        /// The rule.
        rule: CellRule,
    },
}

impl RowFault {
    /// The most characters of a cell that are repeated.
    const MOST_CHARS: usize = 40;

    pub(super) fn cell(column: &'static str, value: &str, rule: CellRule) -> Self {
        let mut chars = value.chars();
        let mut value: String = chars.by_ref().take(Self::MOST_CHARS).collect();
        if chars.next().is_some() {
            value.push('…');
        }
        Self::Cell { column, value, rule }
    }
}
