//! What a trace tells of a statement, by OpenTelemetry's conventions for databases. Values are not told: they are in the
//! statement's parameters, and may be secrets.

use sea_orm::{DbBackend, Statement};

/// The name of the span: what the statement does, such as `SELECT`.
pub(super) fn operation(statement: &Statement) -> &str {
    statement.sql.split_ascii_whitespace().next().unwrap_or_default()
}

/// Its text with placeholders, as much of it as tells it from others.
pub(super) fn text(statement: &Statement) -> &str {
    beginning(&statement.sql)
}

/// As much of a text as tells it from others.
pub(super) fn beginning(sql: &str) -> &str {
    &sql[..sql.floor_char_boundary(MAX_BYTES)]
}

/// The name of the database's kind.
pub(super) fn system(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "postgresql",
        DbBackend::Sqlite => "sqlite",
        // MariaDB speaks as MySQL does.
        _ => "mysql",
    }
}

/// Lists of hundreds of placeholders are longer.
const MAX_BYTES: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_list_the_beginning_is_told() {
        let sql = format!("DELETE FROM \"movies\" WHERE \"id\" IN (?{})", ", ?".repeat(2_000));
        let statement = Statement::from_string(DbBackend::Sqlite, sql.clone());
        assert_eq!((operation(&statement), text(&statement)), ("DELETE", &sql[..MAX_BYTES]));
        let statement = Statement::from_string(DbBackend::Sqlite, "COMMIT");
        assert_eq!((operation(&statement), text(&statement)), ("COMMIT", "COMMIT"));
    }
}
