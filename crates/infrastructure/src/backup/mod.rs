//! A backup of the embedded default, a SQLite file with pictures in a folder, in one file.
//!
//! The file is a tar archive: the pictures, the database, and a manifest with the length and the SHA-256 of each. Behind
//! its end, where readers of archives stop, a block has the SHA-256 of everything before it, so no byte of the file
//! changes unnoticed. Nothing is compressed, so nothing in a file is larger than the file.

mod archive;
mod durable;
mod error;
mod journal;
mod layout;
mod make;
mod manifest;
mod pictures;
mod restore;
mod snapshot;
#[cfg(test)]
mod tests;

pub use error::BackupError;
pub use journal::is_cut_off_restore;
pub use make::{BackedUp, BackupSource, back_up};
pub use manifest::{Entry, Manifest};
pub use restore::{RestoreTarget, Restored, Restoring};
pub use snapshot::sqlite_file;

/// Who is told how far a backup is, and knows whether to stop.
pub trait BackupReport: Send + Sync {
    /// A step begins, of so many parts; 0 if that is not known.
    fn begins(&self, what: &'static str, parts: u64);
    /// So many more parts are done.
    fn advances(&self, parts: u64);
    /// Whether somebody asked to stop.
    fn is_stopped(&self) -> bool;
}
