//! Which databases are served. A build that serves one more changes its line here.

/// What this build serves, as a problem ends.
const SERVED: &str = "this build serves \"sqlite\" and \"memory\"";

/// A kind of database that this build serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Memory,
    Sqlite,
}

/// Reads `database.kind`, or the scheme of `database.url`; a driver's name after `+` does not matter.
pub(super) fn parse(word: &str) -> Result<Kind, String> {
    let word = word.to_lowercase();
    match word.split('+').next().unwrap_or_default() {
        "memory" => Ok(Kind::Memory),
        "sqlite" | "sqlite3" => Ok(Kind::Sqlite),
        "postgres" | "postgresql" => Err(format!("PostgreSQL is not served by this build yet; {SERVED}")),
        "mysql" => Err(format!("MySQL is not served by this build yet; {SERVED}")),
        "mariadb" => Err(format!("MariaDB is not served by this build yet; {SERVED}")),
        "oracle" | "oracledb" => Err(format!("Oracle is not a database that Vestibule serves; {SERVED}")),
        "mssql" | "sqlserver" => Err(format!("SQL Server is not a database that Vestibule serves; {SERVED}")),
        _ => Err(format!("is not a database that Vestibule serves; {SERVED}")),
    }
}
