//! The statements that read tables, in the words of each database.

use super::super::cell::Cell;
use super::super::table::{Column, Table};

/// What is read of a table.
pub(in super::super) struct Reading {
    /// The places of the columns.
    pub(in super::super) columns: Vec<usize>,
    /// Only rows behind this key.
    pub(in super::super) after: Option<Vec<Cell>>,
    /// Only rows whose value in this column is above their own key.
    pub(in super::super) above_key: Option<usize>,
    /// Whether the last rows come first.
    pub(in super::super) is_backwards: bool,
    /// How many rows at the most.
    pub(in super::super) rows: usize,
    /// After how many bytes no further row is read.
    pub(in super::super) bytes: usize,
}

/// The words of a database.
pub(super) struct Words {
    pub(super) quote: char,
    /// Whether parameters are `$1` and not `?`.
    pub(super) numbers_parameters: bool,
    /// Whether `(a, b) > (x, y)` is found by an index.
    pub(super) compares_rows: bool,
    /// How a column is read.
    pub(super) read: fn(&Column, &str) -> String,
    /// By what a column of the key is sorted.
    pub(super) sorted: fn(&Column, &str) -> String,
}

impl Words {
    pub(super) fn name(&self, name: &str) -> String {
        let quote = self.quote;
        format!("{quote}{name}{quote}")
    }

    /// The names of all columns, for an `INSERT`.
    pub(super) fn names(&self, table: &Table) -> String {
        table.columns.iter().map(|column| self.name(&column.name)).collect::<Vec<_>>().join(", ")
    }

    /// Puts the parameters of this database in the place of each `?`.
    pub(super) fn numbered(&self, sql: &str) -> String {
        if !self.numbers_parameters {
            return sql.to_owned();
        }
        let mut numbered = String::with_capacity(sql.len());
        for (number, part) in sql.split('?').enumerate() {
            if number > 0 {
                numbered.push('$');
                numbered.push_str(&number.to_string());
            }
            numbered.push_str(part);
        }
        numbered
    }

    /// The statement, and its parameters.
    pub(super) fn select(&self, table: &Table, reading: &Reading) -> (String, Vec<Cell>) {
        let columns = reading.columns.iter().filter_map(|place| table.columns.get(*place));
        let columns: Vec<_> = columns.map(|column| (self.read)(column, &self.name(&column.name))).collect();
        let key: Vec<_> =
            table.key_columns().map(|column| (self.sorted)(column, &self.name(&column.name))).collect();
        let mut conditions = Vec::new();
        let mut parameters = Vec::new();
        if let Some(after) = &reading.after {
            let (condition, places) = self.behind(&key);
            conditions.push(condition);
            parameters.extend(places.into_iter().filter_map(|place| after.get(place).cloned()));
        }
        if let Some(column) = reading.above_key.and_then(|place| table.columns.get(place)) {
            conditions.push(format!("{} > {}", self.name(&column.name), key.join(", ")));
        }
        let conditions = match conditions.as_slice() {
            [] => String::new(),
            conditions => format!(" WHERE {}", conditions.join(" AND ")),
        };
        let direction = if reading.is_backwards { " DESC" } else { "" };
        let order: Vec<_> = key.iter().map(|column| format!("{column}{direction}")).collect();
        let sql = format!(
            "SELECT {} FROM {}{conditions} ORDER BY {} LIMIT {}",
            columns.join(", "),
            self.name(&table.name),
            order.join(", "),
            reading.rows
        );
        (self.numbered(&sql), parameters)
    }

    /// The condition of rows behind a key, and which column of the key each of its parameters is.
    fn behind(&self, key: &[String]) -> (String, Vec<usize>) {
        if self.compares_rows {
            let marks = vec!["?"; key.len()].join(", ");
            return (format!("({}) > ({marks})", key.join(", ")), (0..key.len()).collect());
        }
        // a > ? OR (a = ? AND b > ?) OR …: each part is a range of the index.
        let mut parts = Vec::new();
        let mut places = Vec::new();
        for last in 0..key.len() {
            let part = key.iter().take(last + 1).enumerate();
            let part = part.map(|(place, column)| {
                places.push(place);
                format!("{column} {} ?", if place == last { ">" } else { "=" })
            });
            parts.push(format!("({})", part.collect::<Vec<_>>().join(" AND ")));
        }
        (format!("({})", parts.join(" OR ")), places)
    }
}
