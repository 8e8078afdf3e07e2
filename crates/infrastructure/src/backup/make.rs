//! Making a backup.

use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::task::spawn_blocking;

use super::archive::{self, Writer};
use super::error::{BackupError, at};
use super::layout::Name;
use super::manifest::{FORM, Manifest};
use super::{BackupReport, durable, pictures, snapshot};

/// How often the state of the database is taken anew because a picture that it names was removed before it was read.
const TRIES: usize = 5;

/// What is backed up.
#[derive(Debug, Clone)]
pub struct BackupSource {
    /// The SQLite file.
    pub database: PathBuf,
    /// The folder of pictures, if they are in a folder.
    pub media: Option<PathBuf>,
}

/// What was backed up.
#[derive(Debug, Clone)]
pub struct BackedUp {
    /// What the file holds.
    pub manifest: Manifest,
    /// Its SHA-256, less the block at its end that tells it.
    pub digest: String,
}

/// Writes a backup to a new file, beside a server that goes on. `now` is the time that it tells.
///
/// Pictures are read first and once more after the database: a picture is stored before the row that names it, and
/// removed after that row changed. Where a row names a picture that was removed in between, the state of the database
/// is taken once more. Until the file is whole and was read back, it has another name.
///
/// # Errors
/// If the file exists, or something cannot be read or written. Nothing is left then.
pub async fn back_up(
    source: &BackupSource,
    to: &Path,
    now: OffsetDateTime,
    report: Arc<dyn BackupReport>,
) -> Result<BackedUp, BackupError> {
    if to.try_exists().map_err(at(to))? {
        return Err(BackupError::Exists(to.to_owned()));
    }
    if !source.database.is_file() {
        return Err(BackupError::NoDatabase("there is no database file"));
    }
    let partial = durable::beside(to, ".partial");
    let database = durable::beside(to, ".database");
    let file = claim(&partial)?;
    let lock = file.try_clone().map_err(at(&partial))?;
    let written = write(source, file, &partial, &database, now, report).await;
    let cleared = durable::remove_database(&database).map_err(at(&database));
    let done = written.and_then(|backed_up| {
        cleared?;
        durable::publish(&partial, to).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
            _ => at(to)(error),
        })?;
        Ok(backed_up)
    });
    if done.is_err() {
        // The error of the backup is told, not that of clearing up.
        drop(durable::remove(&partial));
    }
    // Until the file has its name nobody else takes the one that is written.
    drop(lock);
    done
}

/// Makes the file that is written, and locks it. What a process that was killed left under its name is removed: it may
/// be one with a finished backup, and is not written to.
fn claim(partial: &Path) -> Result<File, BackupError> {
    let lock = |file: &File| match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(BackupError::Busy(partial.to_owned())),
        Err(TryLockError::Error(error)) => Err(at(partial)(error)),
    };
    // Over NFS only a file that is open for writing can be locked.
    match OpenOptions::new().read(true).write(true).open(partial) {
        Ok(left) => {
            lock(&left)?;
            durable::remove(partial).map_err(at(partial))?;
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(at(partial)(error)),
    }
    let file = durable::create(partial).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => BackupError::Busy(partial.to_owned()),
        _ => at(partial)(error),
    })?;
    lock(&file)?;
    Ok(file)
}

async fn write(
    source: &BackupSource,
    file: File,
    partial: &Path,
    database: &Path,
    now: OffsetDateTime,
    report: Arc<dyn BackupReport>,
) -> Result<BackedUp, BackupError> {
    let seconds = now.unix_timestamp().max(0).unsigned_abs();
    let mut writer = Writer::new(file, partial, seconds);
    let mut known = HashSet::new();
    report.begins("pictures", 0);
    if let Some(folder) = &source.media {
        (writer, known) = more(writer, known, folder, &report).await?;
    }
    let mut tries = 0;
    let (schema, lost) = loop {
        report.begins("database", 0);
        let taken = snapshot::take(&source.database, database).await?;
        if report.is_stopped() {
            return Err(BackupError::Stopped);
        }
        let Some(folder) = &source.media else { break (taken.schema, Vec::new()) };
        (writer, known) = more(writer, known, folder, &report).await?;
        let mut missing: Vec<String> = taken.pictures.difference(&known).map(ToString::to_string).collect();
        tries += 1;
        if missing.is_empty() || tries == TRIES {
            missing.sort();
            break (taken.schema, missing);
        }
    };
    report.begins("writing", 0);
    let media = source.media.clone();
    let (database, partial) = (database.to_owned(), partial.to_owned());
    let made_at = now.format(&Rfc3339).unwrap_or_default();
    let finished = spawn_blocking(move || {
        if let Some(folder) = &media {
            pictures::add_mark(&mut writer, folder)?;
        }
        let content = File::open(&database).map_err(at(&database))?;
        let length = content.metadata().map_err(at(&database))?.len();
        writer.add(&Name::Database, length, content)?;
        let entries = std::mem::take(&mut writer.entries);
        let manifest = Manifest { form: FORM, made_at, schema, entries, lost };
        writer.finish(&manifest)?;
        report.begins("verifying", 0);
        let mut again = File::open(&partial).map_err(at(&partial))?;
        let (manifest, digest) = archive::read(&mut again, |_, _| Ok(()))?;
        Ok(BackedUp { manifest, digest })
    });
    finished.await.unwrap_or_else(|panicked| Err(BackupError::Damaged(panicked.to_string())))
}

type Known = HashSet<vestibule_domain::media::ObjectKey>;

/// Adds the pictures that came since the last time.
async fn more(
    mut writer: Writer,
    mut known: Known,
    folder: &Path,
    report: &Arc<dyn BackupReport>,
) -> Result<(Writer, Known), BackupError> {
    let (folder, report) = (folder.to_owned(), report.clone());
    let added = spawn_blocking(move || {
        pictures::add(&mut writer, &folder, &mut known, &*report)?;
        Ok((writer, known))
    });
    added.await.unwrap_or_else(|panicked| Err(BackupError::Damaged(panicked.to_string())))
}
