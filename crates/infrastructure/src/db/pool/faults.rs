//! What an error means for the connection on which it happened.

use sea_orm::sqlx::Error;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::MySqlDatabaseError;

/// What happens to the connection after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Fault {
    /// The connection stays: only the statement failed.
    Statement,
    /// The connection stays, but its open transaction may be over.
    Transaction,
    /// The connection is closed.
    Connection,
    /// The connection and all others are closed: the server is not, or no longer, the one that takes writes.
    Server,
}

impl Fault {
    pub(in super::super) fn of(error: &Error) -> Self {
        match error {
            Error::Database(error) => of_report(error.as_ref()),
            // The server hung up. A server that does so on one connection does so on all.
            Error::Io(_) => Self::Server,
            Error::Tls(_)
            | Error::Protocol(_)
            | Error::WorkerCrashed
            | Error::BeginFailed
            | Error::InvalidSavePointStatement => Self::Connection,
            _ => Self::Statement,
        }
    }
}

fn of_report(error: &(dyn DatabaseError + 'static)) -> Fault {
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<MySqlDatabaseError>() {
        Some(error) => of_mysql(error.number()),
        None if code.len() < 5 => code.parse().map_or(Fault::Statement, of_sqlite),
        None => of_postgres(&code),
    }
}

/// The low byte of a code is the primary code (sqlite.org/rescode.html).
fn of_sqlite(code: u32) -> Fault {
    match (code, code & 0xff) {
        // "cannot start a transaction within a transaction" is a plain SQLITE_ERROR, which the caller of BEGIN
        // sees to. SQLITE_READONLY_DBMOVED: the file was replaced, and this is the old one.
        (1032, _) => Fault::Server,
        // ABORT, BUSY, NOMEM, FULL: SQLite may have rolled back by itself (sqlite.org/lang_transaction.html).
        (_, 4 | 5 | 7 | 13) => Fault::Transaction,
        // INTERRUPT, IOERR, CORRUPT, CANTOPEN, NOTADB.
        (_, 9 | 10 | 11 | 14 | 26) => Fault::Connection,
        _ => Fault::Statement,
    }
}

/// See postgresql.org/docs/current/errcodes-appendix.html.
fn of_postgres(code: &str) -> Fault {
    match code {
        // A standby, or a server that was made read-only; it shuts down, crashed, or starts.
        "25006" | "57P01" | "57P02" | "57P03" => Fault::Server,
        // The database is dropped; the session was idle for too long, in a transaction or not.
        "57P04" | "57P05" | "25P03" => Fault::Connection,
        _ if code.starts_with("08") => Fault::Connection,
        _ => Fault::Statement,
    }
}

/// See dev.mysql.com/doc/mysql-errors and mariadb.com/kb/en/mariadb-error-code-reference.
fn of_mysql(number: u16) -> Fault {
    match number {
        // --read-only and the like; a transaction that may not write; innodb_read_only; the server shuts down; a
        // Galera node that is not in sync; MySQL's offline mode; connections are killed, as MaxScale does after a
        // failover.
        1290 | 1792 | 1836 | 1053 | 1047 | 3032 | 1927 => Fault::Server,
        // The statement was interrupted, the connection timed out.
        1317 | 1159 | 1161 | 4031 => Fault::Connection,
        // A deadlock; with innodb_rollback_on_timeout a wait for a lock.
        1213 | 1205 => Fault::Transaction,
        _ => Fault::Statement,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_that_a_server_takes_no_writes_is_known() {
        assert!(["25006", "57P01", "57P02", "57P03"].iter().all(|code| of_postgres(code) == Fault::Server));
        assert!(
            [1290, 1792, 1836, 1053, 1047, 3032, 1927]
                .iter()
                .all(|number| of_mysql(*number) == Fault::Server)
        );
        assert_eq!(of_sqlite(1032), Fault::Server);
    }

    #[test]
    fn a_fault_of_the_connection_closes_it_alone() {
        assert!(["08006", "57P05", "25P03"].iter().all(|code| of_postgres(code) == Fault::Connection));
        assert_eq!(of_mysql(1317), Fault::Connection);
        // SQLITE_IOERR_WRITE, SQLITE_INTERRUPT.
        assert!([10, 778, 9].iter().all(|code| of_sqlite(*code) == Fault::Connection));
        assert_eq!(Fault::of(&Error::WorkerCrashed), Fault::Connection);
    }

    #[test]
    fn a_refused_statement_leaves_the_connection_as_it_is() {
        // Unique, deadlock, cancelled statement.
        assert!(["23505", "40P01", "57014"].iter().all(|code| of_postgres(code) == Fault::Statement));
        assert_eq!(of_mysql(1062), Fault::Statement);
        assert_eq!(of_sqlite(2067), Fault::Statement);
    }

    #[test]
    fn an_error_that_may_have_rolled_back_ends_the_transaction_and_keeps_the_connection() {
        assert!([1213, 1205].iter().all(|number| of_mysql(*number) == Fault::Transaction));
        // SQLITE_FULL, BUSY, BUSY_SNAPSHOT, NOMEM.
        assert!([13, 5, 517, 7].iter().all(|code| of_sqlite(*code) == Fault::Transaction));
    }
}
