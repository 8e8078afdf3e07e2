//! The note of a restore that is under way, beside the database.
//!
//! While it is there no server and no command opens the database, and a restore of the same backup goes on.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::durable;
use super::error::{BackupError, at};

/// The note beside a database.
pub(super) fn path(database: &Path) -> PathBuf {
    durable::beside(database, ".restoring")
}

/// Whether a restore of this database was cut off, or is under way.
pub fn is_cut_off_restore(database: &Path) -> bool {
    path(database).exists()
}

/// The digest of the backup that is being restored, if there is a note. It may be empty where the note was cut off.
pub(super) fn read(database: &Path) -> Result<Option<String>, BackupError> {
    let path = path(database);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(&path)(error)),
    }
}

/// Notes that a backup is being restored. The note is on disk then.
pub(super) fn write(database: &Path, digest: &str) -> Result<(), BackupError> {
    let path = path(database);
    let note = || {
        durable::remove(&path)?;
        let mut file = durable::create(&path)?;
        writeln!(file, "{digest}")?;
        file.sync_all()?;
        durable::sync_names(&path)
    };
    note().map_err(at(&path))
}

/// Removes the note.
pub(super) fn remove(database: &Path) -> Result<(), BackupError> {
    let path = path(database);
    durable::remove(&path).and_then(|()| durable::sync_names(&path)).map_err(at(&path))
}
