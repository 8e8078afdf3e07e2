//! Files that only their owner may read: the server keeps password hashes, addresses and mail in them.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// Makes an empty file that only its owner can read and write (mode 0600 on Unix), whatever its folder and the umask
/// say. A file that exists stays as it is.
pub(crate) fn make(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_file) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether a file is a database of SQLite, or an empty file, which SQLite turns into one (its header,
/// sqlite.org/fileformat.html §1.3). Any other file was named by mistake, and is left alone.
pub(crate) fn is_database(path: &Path) -> bool {
    const HEADER: &[u8] = b"SQLite format 3\0";
    let mut begin = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEADER.len() as u64).read_to_end(&mut begin));
    read.is_ok() && (begin.is_empty() || begin == HEADER)
}

/// Takes the rights to a file from everybody but its owner, if the file exists, and logs that it did.
pub(crate) fn tighten(path: &Path) {
    let shown = path.display();
    match restrict(path) {
        Ok(false) => {}
        Ok(true) => {
            tracing::warn!(path = %shown, "others could read this file; from now on its owner alone can");
        }
        // The file belongs to somebody else, or its file system has no modes.
        Err(error) => tracing::warn!(
            path = %shown,
            error = &error as &dyn std::error::Error,
            "others may be able to read this file, and that cannot be changed"
        ),
    }
}

/// Takes the rights to a file from everybody but its owner, if it is there and can be looked at, and answers whether
/// anybody else had any. Logs nothing. Fails if they had, and that cannot be changed.
pub(crate) fn restrict(path: &Path) -> io::Result<bool> {
    owners_alone(path)
}

#[cfg(unix)]
fn owners_alone(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;

    // Of a file that cannot be looked at, nothing is known; whoever opens it tells why.
    let Ok(file) = fs::metadata(path) else { return Ok(false) };
    let mode = file.permissions().mode() & 0o777;
    let is_owners = mode == mode & 0o700;
    if !is_owners {
        fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o600))?;
    }
    Ok(!is_owners)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn owners_alone(_path: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]
    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_file_that_is_made_is_its_owners_in_any_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let path = folder.path().join("file");
        make(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn a_file_that_is_there_keeps_what_it_holds_and_loses_its_readers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "kept").unwrap();
        for wide in [0o644, 0o660, 0o604] {
            fs::set_permissions(&path, fs::Permissions::from_mode(wide)).unwrap();
            make(&path).unwrap();
            tighten(&path);
            assert_eq!(
                (mode(&path), fs::read_to_string(&path).unwrap().as_str()),
                (0o600, "kept"),
                "{wide:o}"
            );
        }
        assert!(!restrict(&path).unwrap());
        assert!(!restrict(&folder.path().join("no such file")).unwrap());
        assert!(!restrict(&path.join("below a file")).unwrap());
    }
}
