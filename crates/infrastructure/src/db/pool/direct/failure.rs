//! Errors of SQLite, in the form that the errors of sqlx have.

use std::borrow::Cow;
use std::error::Error as StdError;

use rusqlite::ffi;
use sea_orm::sqlx::Error;
use sea_orm::sqlx::error::{DatabaseError, ErrorKind};

/// What SQLite answered. The code is the extended one (sqlite.org/rescode.html).
#[derive(Debug, thiserror::Error)]
#[error("(code: {code}) {message}")]
struct Failure {
    code: i32,
    message: String,
}

impl DatabaseError for Failure {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        match self.code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => ErrorKind::UniqueViolation,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

/// The same error as sqlx would have it.
pub(super) fn error(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let message = message.unwrap_or_else(|| failure.to_string());
            Error::Database(Box::new(Failure { code: failure.extended_code, message }))
        }
        // A value that cannot be bound or read: only the statement failed.
        other => Error::Decode(Box::new(other)),
    }
}

fn primary_code(error: &Error) -> Option<i32> {
    let Error::Database(error) = error else { return None };
    error.try_downcast_ref::<Failure>().map(|failure| failure.code & 0xff)
}

/// Somebody else has the lock.
pub(super) fn is_busy(error: &Error) -> bool {
    primary_code(error) == Some(ffi::SQLITE_BUSY)
}

/// What was written did not get to the disk, and another try would not tell whether it did.
pub(super) fn is_unsynced(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    error.try_downcast_ref::<Failure>().is_some_and(|failure| failure.code == ffi::SQLITE_IOERR_FSYNC)
}

/// The statement was stopped half-way.
pub(super) fn is_interrupted(error: &Error) -> bool {
    primary_code(error) == Some(ffi::SQLITE_INTERRUPT)
}
