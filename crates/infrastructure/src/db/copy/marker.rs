//! The mark of a copy that is not finished: a table that is there from before the first row until everything was
//! compared. Servers and commands refuse a database that has it.

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement};

use super::error::CopyError;
use super::side::{MySql, Postgres, Side, Sqlite};

/// The table. It has one row: of which source the copy is, and whether the rows of migrations were removed.
pub(crate) const TABLE: &str = "vestibule_unfinished_copy";

/// Whether a database is a copy that was not finished.
///
/// # Errors
/// If the database does not answer.
pub async fn is_unfinished_copy(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => Sqlite::table_named(TABLE),
        DbBackend::Postgres => Postgres::table_named(TABLE),
        _ => MySql::table_named(TABLE),
    };
    Ok(db.query_one_raw(Statement::from_string(backend, sql)).await?.is_some())
}

/// What a mark says.
pub(super) struct Mark {
    /// Of which source the copy is. Nothing if the copy was cut off while it made the mark.
    pub(super) source: Option<String>,
    /// Whether the rows that migrations wrote were removed.
    pub(super) is_cleared: bool,
}

/// Reads the mark of a database.
pub(super) async fn read(side: &mut dyn Side) -> Result<Option<Mark>, CopyError> {
    let sql = side.catalogue().table.replace("{}", TABLE);
    if side.texts(&sql).await?.is_empty() {
        return Ok(None);
    }
    let row = side.texts(&format!("SELECT source, cleared FROM {TABLE}")).await?.into_iter().next();
    let mut cells = row.into_iter().flatten();
    Ok(Some(Mark { source: cells.next(), is_cleared: cells.next().as_deref() == Some("yes") }))
}

/// Marks a database.
pub(super) async fn put(side: &mut dyn Side, source: &str) -> Result<(), CopyError> {
    side.run(&format!(
        "CREATE TABLE IF NOT EXISTS {TABLE} (source varchar(512) NOT NULL PRIMARY KEY, cleared varchar(3) NOT NULL)"
    ))
    .await?;
    let source = super::cell::Cell::Text(source.to_owned());
    side.execute(&format!("INSERT INTO {TABLE} (source, cleared) VALUES (?, 'no')"), &[source]).await
}

/// Removes the rows that migrations wrote, and notes that, in one transaction.
pub(super) async fn clear(side: &mut dyn Side, tables: &[&str]) -> Result<(), CopyError> {
    let mut statements = vec!["BEGIN".to_owned()];
    statements.extend(tables.iter().map(|table| format!("DELETE FROM {table}")));
    statements.extend([format!("UPDATE {TABLE} SET cleared = 'yes'"), "COMMIT".to_owned()]);
    side.run(&statements.join("; ")).await
}

/// Takes the mark away, with which the copy becomes a database like others.
pub(super) async fn remove(side: &mut dyn Side) -> Result<(), CopyError> {
    side.run(&format!("DROP TABLE {TABLE}")).await
}
