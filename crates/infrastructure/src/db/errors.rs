//! The meaning of the database's errors.

use std::fmt::Display;

use sea_orm::sqlx::error::{DatabaseError, Error as SqlxError, ErrorKind};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use vestibule_domain::store::{Constraint, StoreError};

use super::constraints;
use super::pool::Fault;

/// A row that cannot be read: somebody else or a newer release wrote it.
#[derive(Debug, thiserror::Error)]
#[error("column {column} of {table} does not read back in the row {id}")]
struct Damaged {
    table: &'static str,
    column: &'static str,
    id: String,
}

/// The error for a row that cannot be read.
pub(super) fn damaged(table: &'static str, column: &'static str, id: impl Display) -> StoreError {
    StoreError::Unexpected(Box::new(Damaged { table, column, id: id.to_string() }))
}

/// An error of the driver in a statement that answers no rows, as sea-orm has it.
pub(super) fn executing(error: SqlxError) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

/// An error of the driver in a statement that answers rows.
pub(super) fn querying(error: SqlxError) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// An error of the driver when it was asked for a connection.
pub(super) fn connecting(error: SqlxError) -> DbErr {
    match error {
        SqlxError::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        SqlxError::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}

/// What an error means to the application.
pub(super) fn store_error(error: DbErr) -> StoreError {
    match meaning(&error) {
        Meaning::Conflict(constraint) => StoreError::Conflict { constraint },
        Meaning::Retryable => StoreError::Retryable(Box::new(error)),
        Meaning::Unavailable => StoreError::Unavailable(Box::new(error)),
        Meaning::Unexpected => StoreError::Unexpected(Box::new(error)),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Conflict(Constraint),
    Retryable,
    Unavailable,
    Unexpected,
}

fn meaning(error: &DbErr) -> Meaning {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Meaning::Unavailable,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match &**error {
                error if Fault::of(error) == Fault::Server => Meaning::Unavailable,
                SqlxError::Database(error) => Report::of(error.as_ref()).meaning(),
                SqlxError::Io(_)
                | SqlxError::Tls(_)
                | SqlxError::PoolTimedOut
                | SqlxError::PoolClosed
                | SqlxError::BeginFailed
                | SqlxError::InvalidSavePointStatement
                | SqlxError::WorkerCrashed => Meaning::Unavailable,
                _ => Meaning::Unexpected,
            }
        }
        _ => Meaning::Unexpected,
    }
}

/// What a backend reports about an error, as text, so that one code serves every driver.
struct Report<'a> {
    kind: ErrorKind,
    code: String,
    /// Only PostgreSQL reports it.
    constraint: Option<&'a str>,
    message: &'a str,
}

impl<'a> Report<'a> {
    fn of(error: &'a (dyn DatabaseError + 'static)) -> Self {
        Self {
            kind: error.kind(),
            code: error.code().unwrap_or_default().into_owned(),
            constraint: error.constraint(),
            message: error.message(),
        }
    }

    fn meaning(&self) -> Meaning {
        match self.kind {
            ErrorKind::UniqueViolation => self.unique().map_or(Meaning::Unexpected, Meaning::Conflict),
            ErrorKind::ForeignKeyViolation => Meaning::Conflict(Constraint::ForeignKey),
            _ => self.by_code(),
        }
    }

    /// The constraint behind the unique index in the report.
    fn unique(&self) -> Option<Constraint> {
        // MySQL quotes the value before the index. A value may look like anything, so the last quotation is the
        // index.
        let mysql = || self.message.rsplit_once("for key '").map(|(_, key)| key.trim_end_matches('\''));
        let name = self.constraint.or_else(mysql).map(|name| name.rsplit('.').next().unwrap_or(name));
        match name {
            Some(name) => constraints::by_index(name),
            None => constraints::by_column(self.message.strip_prefix("UNIQUE constraint failed: ")?),
        }
    }

    fn by_code(&self) -> Meaning {
        // SQLite: a number whose low byte is the primary code (sqlite.org/rescode.html).
        if let Ok(code) = self.code.parse::<u32>()
            && self.code.len() < 5
        {
            return match (code, code & 0xff) {
                // SQLITE_CONSTRAINT_TRIGGER is how ON DELETE RESTRICT reports.
                (1811, _) => Meaning::Conflict(Constraint::ForeignKey),
                // SQLITE_BUSY_SNAPSHOT: what was read is stale.
                (517, _) => Meaning::Retryable,
                // BUSY, LOCKED, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN.
                (_, 5 | 6 | 8 | 9 | 10 | 13 | 14) => Meaning::Unavailable,
                _ => Meaning::Unexpected,
            };
        }
        // PostgreSQL and MySQL: SQLSTATE, of which the first two characters are the class.
        match (self.code.as_str(), self.code.get(..2).unwrap_or_default()) {
            // Serialisation failure, deadlock.
            ("40001" | "40P01", _) => Meaning::Retryable,
            // PostgreSQL: connection failures, too few resources, shutdown, statements that took too long, a lock
            // that was not available, an open transaction that the server closed, a standby. MySQL and MariaDB:
            // connections that were refused or killed (08, 70).
            ("55P03" | "25P03" | "25006", _) | (_, "08" | "53" | "57" | "70") => Meaning::Unavailable,
            // The lock is held for longer than anyone waits, so another try would wait as long again.
            _ if self.message.starts_with("Lock wait timeout exceeded") => Meaning::Unavailable,
            _ => Meaning::Unexpected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unique(constraint: Option<&str>, message: &str) -> Meaning {
        Report { kind: ErrorKind::UniqueViolation, code: String::new(), constraint, message }.meaning()
    }

    fn coded(code: &str, message: &str) -> Meaning {
        Report { kind: ErrorKind::Other, code: code.to_owned(), constraint: None, message }.meaning()
    }

    #[test]
    fn every_unique_index_is_known_on_every_backend() {
        for rule in constraints::UNIQUE {
            let (index, column) = (rule.index, rule.column);
            let expected = Meaning::Conflict(rule.constraint);
            let sqlite = format!("UNIQUE constraint failed: {column}");
            assert_eq!(unique(None, &sqlite), expected);
            let postgres = format!("duplicate key value violates unique constraint \"{index}\"");
            assert_eq!(unique(Some(index), &postgres), expected);
            let table = column.split('.').next().unwrap();
            let mysql = format!("Duplicate entry 'x' for key '{table}.{index}'");
            assert_eq!(unique(None, &mysql), expected);
            let mariadb = format!("Duplicate entry 'x' for key '{index}'");
            assert_eq!(unique(None, &mariadb), expected);
        }
    }

    #[test]
    fn a_value_that_looks_like_an_index_is_not_taken_for_it() {
        let message = "Duplicate entry 'for key 'ix_users_uuid'' for key 'users.ix_users_email'";
        assert_eq!(unique(None, message), Meaning::Conflict(Constraint::UsersEmail));
    }

    #[test]
    fn an_unknown_unique_index_is_unexpected() {
        assert_eq!(unique(None, "UNIQUE constraint failed: sessions.id"), Meaning::Unexpected);
        assert_eq!(unique(Some("pk_other"), ""), Meaning::Unexpected);
    }

    #[test]
    fn a_missing_parent_is_a_conflict() {
        let kind = ErrorKind::ForeignKeyViolation;
        let report = Report { kind, code: "787".to_owned(), constraint: None, message: "" };
        assert_eq!(report.meaning(), Meaning::Conflict(Constraint::ForeignKey));
        assert_eq!(coded("1811", ""), Meaning::Conflict(Constraint::ForeignKey));
    }

    #[test]
    fn codes_tell_what_may_be_tried_again() {
        for code in ["517", "40001", "40P01"] {
            assert_eq!(coded(code, ""), Meaning::Retryable, "{code}");
        }
        assert_eq!(coded("HY000", "Lock wait timeout exceeded; try again"), Meaning::Unavailable);
        let sqlite = ["5", "261", "6", "262", "8", "9", "10", "13", "14"];
        let postgres = ["08006", "53300", "57P01", "57014", "55P03", "25P03", "25006"];
        let mysql = ["08004", "08S01", "70100"];
        for code in [&sqlite[..], &postgres, &mysql].concat() {
            assert_eq!(coded(code, ""), Meaning::Unavailable, "{code}");
        }
        for code in ["", "1", "11", "275", "42P01", "HY000"] {
            assert_eq!(coded(code, ""), Meaning::Unexpected, "{code}");
        }
    }

    #[test]
    fn a_pool_without_a_free_connection_is_unavailable() {
        let timeout = DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout);
        assert_eq!(meaning(&timeout), Meaning::Unavailable);
    }

    #[test]
    fn a_row_that_does_not_read_back_is_named() {
        let StoreError::Unexpected(cause) = damaged("users", "group_id", 7) else { panic!() };
        assert_eq!(cause.to_string(), "column group_id of users does not read back in the row 7");
    }
}
