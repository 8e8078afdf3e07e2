//! Whether the two sides are the same: the number of rows of each table, and a checksum over their values.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::error::CopyError;
use super::run::{CopyReport, SameRows, Stop, everything};
use super::side::{Row, Side};
use super::table::Table;

/// A table of which the two sides have something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// How many rows the source has.
    pub source_rows: u64,
    /// How many rows the target has.
    pub target_rows: u64,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, source_rows, target_rows } = self;
        if source_rows == target_rows {
            write!(f, "{table} has other values")
        } else {
            write!(f, "{table} has {target_rows} rows and not {source_rows}")
        }
    }
}

/// The checksum of the rows that were read.
#[derive(Default)]
struct Sum {
    rows: u64,
    digest: Sha256,
    after: Option<Row>,
    is_whole: bool,
}

impl Sum {
    async fn advance(&mut self, side: &mut dyn Side, table: &Table) -> Result<(), CopyError> {
        if self.is_whole {
            return Ok(());
        }
        let batch = side.read(table, &everything(table, self.after.take())).await?;
        for row in &batch.rows {
            for cell in row {
                cell.digest(&mut self.digest);
            }
        }
        self.rows += batch.rows.len() as u64;
        self.after = batch.rows.last().map(|row| key_of(table, row));
        self.is_whole = batch.is_last;
        Ok(())
    }

    fn told(self) -> (u64, String) {
        (self.rows, hex::encode(self.digest.finalize()))
    }
}

/// The key of a row that has all columns.
pub(super) fn key_of(table: &Table, row: &Row) -> Row {
    table.key.iter().filter_map(|place| row.get(*place).cloned()).collect()
}

/// Reads a table of both sides, at the same time, and compares.
pub(super) async fn compare(
    source: &mut dyn Side,
    target: &mut dyn Side,
    table: &Table,
    stop: &mut Stop<'_>,
    report: &mut dyn CopyReport,
) -> Result<Result<SameRows, Difference>, CopyError> {
    let (mut one, mut other) = (Sum::default(), Sum::default());
    while !(one.is_whole && other.is_whole) {
        stop.look()?;
        let before = one.rows;
        let (read, again) = tokio::join!(one.advance(source, table), other.advance(target, table));
        read.and(again)?;
        report.advances(one.rows - before);
    }
    let ((source_rows, sum), (target_rows, other)) = (one.told(), other.told());
    if (source_rows, &sum) == (target_rows, &other) {
        return Ok(Ok(SameRows { rows: source_rows, checksum: sum }));
    }
    Ok(Err(Difference { table: table.name.clone(), source_rows, target_rows }))
}
