//! The pictures of a folder.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::BackupReport;
use super::archive::Writer;
use super::error::{BackupError, at};
use super::layout::{MARK, Name};

/// Adds every picture that is not in the archive yet, and the mark of the installation. One that is removed meanwhile
/// is left out.
pub(super) fn add(
    writer: &mut Writer,
    folder: &Path,
    known: &mut HashSet<ObjectKey>,
    report: &dyn BackupReport,
) -> Result<(), BackupError> {
    for inner in MediaFolder::ALL {
        let inner = folder.join(inner.as_str());
        let entries = match fs::read_dir(&inner) {
            Ok(entries) => entries,
            // A folder is made with its first picture.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&inner)(error)),
        };
        for entry in entries {
            if report.is_stopped() {
                return Err(BackupError::Stopped);
            }
            let path = entry.map_err(at(&inner))?.path();
            let Some(key) = key_of(&path) else { continue };
            if !known.contains(&key) && add_file(writer, &Name::Picture(key), &path)? {
                known.insert(key);
                report.advances(1);
            }
        }
    }
    Ok(())
}

/// Adds the mark of the installation, if there is one.
pub(super) fn add_mark(writer: &mut Writer, folder: &Path) -> Result<(), BackupError> {
    add_file(writer, &Name::Mark, &folder.join(MARK)).map(drop)
}

/// The key of a picture, by its path.
fn key_of(path: &Path) -> Option<ObjectKey> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent()?.file_name()?.to_str()?;
    ObjectKey::parse(&format!("{folder}/{name}")).ok()
}

fn add_file(writer: &mut Writer, name: &Name, path: &Path) -> Result<bool, BackupError> {
    // Uploads are bounded, so a picture fits in memory.
    match fs::read(path) {
        Ok(bytes) => writer.add(name, bytes.len() as u64, bytes.as_slice()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(at(path)(error)),
    }
}

/// Every file under a folder, however deep.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(at(&folder))?;
            // A link is a file, and is not followed.
            if entry.file_type().map_err(at(&folder))?.is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}
