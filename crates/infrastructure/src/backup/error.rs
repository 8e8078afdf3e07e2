//! Why a backup or a restore ended.

use std::io;
use std::path::PathBuf;

/// Why a backup or a restore ended.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or a folder failed.
    #[error("{} failed", .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sea_orm::sqlx::Error),
    /// SQLite found its file damaged.
    #[error("the database is damaged: {0}")]
    DamagedDatabase(String),
    /// The database is not one of ours, or not whole.
    #[error("{0}")]
    NoDatabase(&'static str),
    /// The file is there.
    #[error("{} exists, and is not overwritten", .0.display())]
    Exists(PathBuf),
    /// Another process writes the same file.
    #[error("another process writes {}", .0.display())]
    Busy(PathBuf),
    /// Another process restores to the same place.
    #[error("another restore to this place is under way, and holds {}", .0.display())]
    UnderWay(PathBuf),
    /// The file is no backup, or not as it was written.
    #[error("this is no backup, or it is damaged: {0}")]
    Damaged(String),
    /// Data are where a backup would be restored.
    #[error("{} holds data: a backup is restored where there are none", .0.display())]
    NotEmpty(PathBuf),
    /// Another backup was being restored here.
    #[error(
        "the restore of another backup was cut off here: restore that one again, or remove {} and what it restored",
        .0.display()
    )]
    AnotherRestore(PathBuf),
    /// Somebody asked to stop.
    #[error("stopped on request")]
    Stopped,
}

/// Names the file in an error.
pub(super) fn at(path: &std::path::Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::Io(path, error)
}

/// Something that was read is not what a backup has.
pub(super) fn damaged(what: impl Into<String>) -> BackupError {
    BackupError::Damaged(what.into())
}
