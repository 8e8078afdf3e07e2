//! The remains of cut-off uploads in a folder.
//!
//! The library writes an object as `<name>#<number>` and then renames it, so that readers see the whole object or
//! none. After a crash such a file stays, and the library's own walks skip it.

use std::fs::{self, DirEntry, ReadDir};
use std::io::{self, ErrorKind};
use std::mem::take;
use std::path::PathBuf;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::media::{MediaFolder, ObjectKey};
use vestibule_domain::ports::{CutOffUploads, ObjectError};

use super::mark;

/// A walk over the files of a folder. Buckets have no such remains, because they keep an object only when all of it
/// has arrived.
pub(super) struct CutOff {
    before: OffsetDateTime,
    left: Left,
}

/// The files that were not looked at yet.
#[derive(Default)]
struct Left {
    folders: Vec<(PathBuf, Option<MediaFolder>)>,
    open: Option<(ReadDir, Option<MediaFolder>)>,
}

impl CutOff {
    pub(super) fn new(root: Option<PathBuf>, before: OffsetDateTime) -> Self {
        let mut folders = Vec::new();
        if let Some(root) = root {
            folders.extend(MediaFolder::ALL.map(|folder| (root.join(folder.as_str()), Some(folder))));
            folders.push((root, None));
        }
        Self { before, left: Left { folders, open: None } }
    }
}

#[async_trait]
impl CutOffUploads for CutOff {
    async fn remove_next(&mut self, limit: usize) -> Result<Option<u64>, ObjectError> {
        let (mut left, before) = (take(&mut self.left), self.before);
        let step = tokio::task::spawn_blocking(move || {
            let removed = left.remove_next(limit, before);
            (left, removed)
        });
        let (left, removed) = step.await.map_err(|error| ObjectError::Unavailable(error.into()))?;
        self.left = left;
        removed.map_err(|error| ObjectError::Unavailable(error.into()))
    }
}

impl Left {
    fn remove_next(&mut self, limit: usize, before: OffsetDateTime) -> io::Result<Option<u64>> {
        let Some((entries, folder)) = &mut self.open else {
            let Some((path, folder)) = self.folders.pop() else { return Ok(None) };
            match fs::read_dir(path) {
                Ok(entries) => self.open = Some((entries, folder)),
                // A folder is made with its first picture.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            return Ok(Some(0));
        };
        let (mut seen, mut removed) = (0, 0);
        for entry in entries.by_ref().take(limit) {
            seen += 1;
            let entry = entry?;
            if is_cut_off(&entry, *folder, before) {
                match fs::remove_file(entry.path()) {
                    Ok(()) => removed += 1,
                    Err(error) => {
                        tracing::warn!(
                            error = &error as &dyn std::error::Error,
                            "the file of an upload that was cut off cannot be removed"
                        );
                    }
                }
            }
        }
        if seen < limit {
            self.open = None;
        }
        Ok(Some(removed))
    }
}

/// Whether this is a file that the library was writing before the moment.
fn is_cut_off(entry: &DirEntry, folder: Option<MediaFolder>, before: OffsetDateTime) -> bool {
    let name = entry.file_name();
    let Some((name, number)) = name.to_str().and_then(|name| name.split_once('#')) else { return false };
    let is_ours = match folder {
        Some(folder) => ObjectKey::parse(&format!("{}/{name}", folder.as_str())).is_ok(),
        None => name == mark::NAME,
    };
    if !is_ours || number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return false;
    }
    // A link is not followed. A file that cannot be looked at stays.
    let Ok(metadata) = entry.metadata() else { return false };
    metadata.is_file() && metadata.modified().is_ok_and(|modified| OffsetDateTime::from(modified) < before)
}
