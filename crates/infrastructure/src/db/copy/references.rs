//! References of rows to later rows of the same table: they are left out when a row is added, and set when all are
//! there.

use super::cell::Cell;
use super::error::CopyError;
use super::run::{ROWS, Stop};
use super::side::{Reading, Row, Side};
use super::table::Table;

/// Takes those references out of rows that are about to be added.
pub(super) fn leave_out(table: &Table, rows: &mut [Row]) {
    let [key] = table.key.as_slice() else { return };
    for row in rows {
        let own = row.get(*key).cloned();
        for place in &table.own_references {
            if let (Some(Cell::Int(own)), Some(cell)) = (&own, row.get_mut(*place))
                && matches!(cell, Cell::Int(other) if *other > *own)
            {
                *cell = Cell::Null;
            }
        }
    }
}

/// Sets what was left out, a batch in a transaction. It may be done again.
pub(super) async fn set(
    source: &mut dyn Side,
    target: &mut dyn Side,
    table: &Table,
    stop: &mut Stop<'_>,
) -> Result<(), CopyError> {
    let [key] = table.key.as_slice() else { return Ok(()) };
    for place in &table.own_references {
        let (Some(own), Some(column)) = (table.columns.get(*key), table.columns.get(*place)) else {
            continue;
        };
        let sql = format!("UPDATE {} SET {} = ? WHERE {} = ?", table.name, column.name, own.name);
        let mut after = None;
        loop {
            stop.look()?;
            let batch = source
                .read(
                    table,
                    &Reading {
                        columns: vec![*place, *key],
                        after: after.take(),
                        above_key: Some(*place),
                        is_backwards: false,
                        rows: ROWS,
                        bytes: usize::MAX,
                    },
                )
                .await?;
            target.run("BEGIN").await?;
            for row in &batch.rows {
                target.execute(&sql, row).await?;
            }
            target.run("COMMIT").await?;
            if batch.is_last {
                break;
            }
            after = batch.rows.last().and_then(|row| row.get(1).cloned()).map(|key| vec![key]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::super::table::Column;
    use super::*;

    #[test]
    fn only_references_to_later_rows_are_left_out() {
        let column = |name: &str| Column { name: name.to_owned(), kind: Kind::Int };
        let table = Table {
            name: "users".to_owned(),
            columns: vec![column("id"), column("updated_by")],
            key: vec![0],
            parents: Vec::new(),
            own_references: vec![1],
            is_numbered: true,
        };
        let row = |by: Cell| vec![Cell::Int(2), by];
        let mut rows = [1, 2, 3].map(|by| row(Cell::Int(by))).to_vec();
        leave_out(&table, &mut rows);
        assert_eq!(rows, [row(Cell::Int(1)), row(Cell::Int(2)), row(Cell::Null)]);
    }
}
