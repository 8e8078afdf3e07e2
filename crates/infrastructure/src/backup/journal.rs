//! The note of a restore that is under way, beside the database.
//!
//! While it is there no server and no command opens the database, and a restore of the same backup goes on. Who
//! restores holds a lock on it, so that two restores never write the same files.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use vestibule_domain::ports::IdGenerator as _;

use super::durable;
use super::error::{BackupError, at};
use crate::system::SystemIds;

/// The note beside a database.
pub(super) fn path(database: &Path) -> PathBuf {
    durable::beside(database, ".restoring")
}

/// Whether a restore of this database was cut off, or is under way.
pub fn is_cut_off_restore(database: &Path) -> bool {
    path(database).exists()
}

/// The note, locked for as long as it is held.
#[derive(Debug)]
pub(super) struct Note {
    file: File,
    path: PathBuf,
}

impl Note {
    /// The note that is there, and the digest of its backup. Fails if another process holds it.
    pub(super) fn held(database: &Path) -> Result<Option<(Self, String)>, BackupError> {
        let path = path(database);
        // Over NFS only a file that is open for writing can be locked.
        let mut file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&path)(error)),
        };
        lock(&file, &path)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(at(&path))?;
        // Between the two calls its owner may have finished, and another restore may have begun.
        match std::fs::read_to_string(&path) {
            Ok(named) if named == text => {}
            Ok(_another) => return Err(BackupError::UnderWay(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&path)(error)),
        }
        let digest = text.lines().next().unwrap_or_default().to_owned();
        Ok(Some((Self { file, path }, digest)))
    }

    /// Notes that a backup is being restored. The note is on disk then, and was never there in part.
    pub(super) fn make(database: &Path, digest: &str) -> Result<Self, BackupError> {
        let path = path(database);
        // Two restores that begin at once, perhaps in two containers, write two files. No two notes are the same.
        let id = SystemIds.random().simple();
        let unnamed = durable::beside(&path, &format!(".{id}"));
        let note = || {
            let mut file = durable::create(&unnamed)?;
            writeln!(file, "{digest}\n{id}")?;
            file.sync_all()?;
            Ok(file)
        };
        let named = note().map_err(at(&unnamed)).and_then(|file| {
            lock(&file, &path)?;
            durable::publish(&unnamed, &path).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => BackupError::UnderWay(path.clone()),
                _ => at(&path)(error),
            })?;
            Ok(file)
        });
        if named.is_err() {
            // The error of the note is told, not that of clearing up.
            drop(durable::remove(&unnamed));
        }
        Ok(Self { file: named?, path })
    }

    /// Removes the note, and lets go of it.
    pub(super) fn remove(self) -> Result<(), BackupError> {
        let Self { file, path } = self;
        let removed = durable::remove(&path).and_then(|()| durable::sync_names(&path)).map_err(at(&path));
        drop(file);
        removed
    }
}

fn lock(file: &File, path: &Path) -> Result<(), BackupError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(BackupError::UnderWay(path.to_owned())),
        // This file system has no locks, and a restore without one is better than none.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(at(path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_restore_at_a_time_holds_the_note() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("v.db");
        assert!(Note::held(&database).unwrap().is_none());
        let note = Note::make(&database, "one").unwrap();
        assert!(matches!(Note::held(&database), Err(BackupError::UnderWay(_))));
        assert!(matches!(Note::make(&database, "two"), Err(BackupError::UnderWay(_))));
        // As a process that was killed leaves it.
        drop(note);
        let (note, digest) = Note::held(&database).unwrap().unwrap();
        assert_eq!(digest, "one");
        note.remove().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
