//! Which databases are served. A build that serves one more changes its line here.

/// Names the databases of this build: the end of a problem's sentence.
const SERVED: &str = "this build serves \"sqlite\", \"postgres\", \"mysql\", \"mariadb\" and \"memory\"";

/// A kind of database that this build serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Memory,
    Sqlite,
    Server(Server),
}

/// A database server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    Postgres,
    /// MySQL or MariaDB, which speak one protocol.
    MySql,
}

impl Server {
    /// The URL scheme by which the driver knows the server.
    pub(super) fn scheme(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
        }
    }
}

/// Reads `database.kind`, or the scheme of `database.url`; a driver's name after `+` does not matter.
pub(super) fn parse(word: &str) -> Result<Kind, String> {
    let word = word.to_lowercase();
    match word.split('+').next().unwrap_or_default() {
        "memory" => Ok(Kind::Memory),
        "sqlite" | "sqlite3" => Ok(Kind::Sqlite),
        "postgres" | "postgresql" => Ok(Kind::Server(Server::Postgres)),
        "mysql" | "mariadb" => Ok(Kind::Server(Server::MySql)),
        "oracle" | "oracledb" => Err(format!("Oracle is not a database that Vestibule serves; {SERVED}")),
        "mssql" | "sqlserver" => Err(format!("SQL Server is not a database that Vestibule serves; {SERVED}")),
        _ => Err(format!("is not a database that Vestibule serves; {SERVED}")),
    }
}
