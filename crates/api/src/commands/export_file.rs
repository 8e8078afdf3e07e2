//! Where an export goes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, PersistError};

/// A new file that only its owner reads, or standard output.
pub(super) enum ExportFile {
    File(NewFile),
    Stdout(BufWriter<io::Stdout>),
}

/// A file that has another name until it is whole.
pub(super) struct NewFile {
    writer: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl ExportFile {
    /// # Errors
    /// When there is such a file already, or none can be made beside it.
    pub(super) fn to(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout(BufWriter::new(io::stdout()))) };
        if fs::symlink_metadata(path).is_ok() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is such a file already"));
        }
        let mut prefix = path.file_name().unwrap_or_default().to_owned();
        prefix.push(".part-");
        let file = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder_of(path))?;
        let writer = BufWriter::with_capacity(256 * 1024, file);
        Ok(Self::File(NewFile { writer, path: path.to_owned() }))
    }

    /// Everything is where it belongs.
    pub(super) fn end(self) -> io::Result<()> {
        match self {
            Self::File(NewFile { writer, path }) => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist_noclobber(&path).map_err(kept_as_it_is)?;
                sync_name(&path);
                Ok(())
            }
            Self::Stdout(mut stdout) => stdout.flush(),
        }
    }
}

/// Brings the name of a file to disk that is whole and there. Some folders cannot be brought to disk, or not be opened.
pub(super) fn sync_name(path: &Path) {
    if let Err(error) = File::open(folder_of(path)).and_then(|folder| folder.sync_all()) {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "the file is whole; a loss of power now may take its name away"
        );
    }
}

/// The export is whole and only has not its name, so it is not lost.
fn kept_as_it_is(refused: PersistError) -> io::Error {
    let PersistError { error, file } = refused;
    match file.keep() {
        Ok((_, place)) => {
            io::Error::new(error.kind(), format!("{error}; the export is whole, as {}", place.display()))
        }
        Err(lost) => lost.error,
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

impl Write for ExportFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.writer.write(bytes),
            Self::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(file) => file.writer.flush(),
            Self::Stdout(stdout) => stdout.flush(),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_has_its_name_when_it_is_whole_and_is_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export");
        let mut file = ExportFile::to(Some(&path)).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!path.exists());
        file.end().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_export_that_breaks_off_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ExportFile::to(Some(&folder.path().join("export"))).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn no_file_is_overwritten_even_if_it_came_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export");
        let mut file = ExportFile::to(Some(&path)).unwrap();
        file.write_all(b"exported").unwrap();
        fs::write(&path, "another").unwrap();
        let refused = file.end().unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        // What was exported is not lost.
        let told = refused.to_string();
        let (_, place) = told.split_once("the export is whole, as ").unwrap();
        assert_eq!(fs::read(place).unwrap(), b"exported");
        assert!(ExportFile::to(Some(&path)).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"another");
    }
}
