//! One side of a copy: a connection to a database, with what differs between databases.

#[macro_use]
mod connection;
mod mysql;
mod postgres;
mod sqlite;
mod statement;

use async_trait::async_trait;

use super::cell::Cell;
use super::error::CopyError;
use super::kind::Kind;
use super::table::Table;
pub(super) use mysql::MySql;
pub(super) use postgres::Postgres;
pub(super) use sqlite::Sqlite;
pub(super) use statement::Reading;

/// The values of a row.
pub(super) type Row = Vec<Cell>;

/// Rows in the order of the primary key.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    /// Whether no row comes behind these.
    pub(super) is_last: bool,
}

/// Statements that read the schema. Each answers texts.
pub(super) struct Catalogue {
    /// Table, column, type, and `1` if the database numbers the column; by table, in the order of the columns.
    pub(super) columns: &'static str,
    /// Table and column of primary keys, in the order of the key.
    pub(super) keys: &'static str,
    /// Table, column and parent of foreign keys.
    pub(super) references: &'static str,
    /// Answers a row if there is a table of the name in the place of `{}`.
    pub(super) table: &'static str,
}

/// One connection.
#[async_trait]
pub(super) trait Side: Send {
    /// How its schema is read.
    fn catalogue(&self) -> &'static Catalogue;

    /// What a column of this type holds.
    fn kind(&self, written: &str) -> Option<Kind>;

    /// Begins to read one state of the database, whatever others write.
    async fn begin_snapshot(&mut self) -> Result<(), CopyError>;

    /// Runs statements without parameters.
    async fn run(&mut self, sql: &str) -> Result<(), CopyError>;

    /// Runs a statement; each `?` is a parameter.
    async fn execute(&mut self, sql: &str, parameters: &[Cell]) -> Result<(), CopyError>;

    /// The rows of a statement whose columns are all text. Nothing is an empty text.
    async fn texts(&mut self, sql: &str) -> Result<Vec<Vec<String>>, CopyError>;

    /// The first column of the first row, a number.
    async fn number(&mut self, sql: &str) -> Result<Option<i64>, CopyError>;

    /// Reads the next rows of a table.
    async fn read(&mut self, table: &Table, reading: &Reading) -> Result<Batch, CopyError>;

    /// Adds rows, all or none. `after` is the last key before them, for messages.
    async fn write(&mut self, table: &Table, rows: &[Row], after: &str) -> Result<(), CopyError>;

    /// The number that the next row of a table gets, if that is known.
    async fn next_id(&mut self, table: &Table) -> Result<Option<i64>, CopyError>;

    /// Sets the number that the next row of a table gets.
    async fn set_next_id(&mut self, table: &Table, id: i64) -> Result<(), CopyError>;

    /// Brings what was written to disk, where the database does not do so with each transaction.
    async fn flush(&mut self) -> Result<(), CopyError>;

    /// Ends the connection.
    async fn close(self: Box<Self>) -> Result<(), CopyError>;
}
