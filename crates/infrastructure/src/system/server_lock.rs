//! Finding out that another process is dead.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use uuid::Uuid;

/// How many ids are read of a file, because a file that something else wrote must not fill the memory.
const MOST_IDS: usize = 64;
/// The length of an id with its line end.
const LINE: usize = 37;

/// A file that one process at a time has locked, and in which that process writes its id. The operating system
/// releases the lock when the process ends, in whatever way. So a process that gets the lock knows that the ids in
/// the file belong to dead processes.
///
/// The file has to be where locks work: on a disk of this machine, or on a network file system that keeps locks for
/// all its clients.
#[derive(Debug)]
pub struct ServerLock {
    file: File,
}

impl ServerLock {
    /// Takes the lock. `None` while another process has it. A missing file is made, for its owner only (mode 0600 on
    /// Unix).
    ///
    /// # Errors
    /// If the file cannot be made or locked.
    pub fn try_take(path: &Path) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The ids in the file. A line that is not an id is skipped: its process died while writing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn ids(&mut self) -> io::Result<Vec<Uuid>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        io::Read::by_ref(&mut self.file).take((MOST_IDS * LINE) as u64).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(text.lines().filter_map(|line| Uuid::try_parse(line.trim()).ok()).collect())
    }

    /// Writes these ids in place of those in the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&mut self, ids: &[Uuid]) -> io::Result<()> {
        let lines: Vec<_> = ids.iter().take(MOST_IDS).map(|id| id.hyphenated().to_string()).collect();
        let text = lines.join("\n") + "\n";
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        // The length is set last, so that a process that dies in between leaves more ids, not fewer.
        self.file.set_len(text.len() as u64)?;
        self.file.sync_all()
    }

    /// Keeps the lock until the process ends, so that work which is still running at the very end runs under the
    /// lock.
    pub fn keep(self) {
        Box::leak(Box::new(self.file));
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn take(folder: &TempDir) -> Option<ServerLock> {
        ServerLock::try_take(&folder.path().join("server.lock")).unwrap()
    }

    #[test]
    fn one_has_the_lock_until_it_is_gone() {
        let folder = TempDir::new().unwrap();
        let first = take(&folder).unwrap();
        assert!(take(&folder).is_none());
        drop(first);
        assert!(take(&folder).is_some());
    }

    #[test]
    fn the_next_one_reads_the_ids_of_the_last() {
        let folder = TempDir::new().unwrap();
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let mut lock = take(&folder).unwrap();
        assert!(lock.ids().unwrap().is_empty());
        lock.write(&[one, two]).unwrap();
        lock.write(&[two]).unwrap();
        drop(lock);
        assert_eq!(take(&folder).unwrap().ids().unwrap(), [two]);
    }

    #[test]
    fn what_is_no_id_is_passed_over() {
        let folder = TempDir::new().unwrap();
        let id = Uuid::from_u128(7);
        std::fs::write(folder.path().join("server.lock"), format!("\u{0}\n{id}\n0199b0c6-")).unwrap();
        assert_eq!(take(&folder).unwrap().ids().unwrap(), [id]);
        std::fs::write(folder.path().join("server.lock"), vec![0xff; 100_000]).unwrap();
        assert!(take(&folder).unwrap().ids().unwrap().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = TempDir::new().unwrap();
        let _lock = take(&folder).unwrap();
        let mode = folder.path().join("server.lock").metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = TempDir::new().unwrap();
        assert!(ServerLock::try_take(&folder.path().join("none").join("server.lock")).is_err());
    }
}
