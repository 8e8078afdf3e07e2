//! Files that are nobody else's business.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// Makes an empty file that only its owner reads and writes (mode 0600 on Unix), whatever its folder and the umask
/// say, unless there is one.
///
/// # Errors
/// When it cannot be made.
pub fn make_private_file(path: &Path) -> io::Result<()> {
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

/// The file that links lead to, which need not exist. SQLite keeps its log beside that one.
pub fn follow_links(path: &Path) -> PathBuf {
    // As many as Linux follows.
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        // A link is relative to its own folder. An absolute target takes the place of the whole.
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// Whether a file is a database of SQLite, or an empty one that becomes it (its header, sqlite.org/fileformat.html §1.3).
/// What else is named by mistake is somebody's file, and none of our business.
pub fn is_database_file(path: &Path) -> bool {
    const HEADER: &[u8] = b"SQLite format 3\0";
    let mut begin = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEADER.len() as u64).read_to_end(&mut begin));
    read.is_ok() && (begin.is_empty() || begin == HEADER)
}

/// Takes from everybody but the owner what rights they have to a file, if it is there and can be looked at. Whether they
/// had some.
///
/// # Errors
/// When others have rights, and that cannot be changed: it is another's file, or its file system has no modes.
pub fn keep_private_file(path: &Path) -> io::Result<bool> {
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
