//! A file of movies, however it is reached.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A file of movies. It is read more than once.
#[derive(Debug, Clone)]
pub enum MovieFile {
    /// By its path.
    At(PathBuf),
    /// Open, and perhaps without a name.
    Open(Arc<Mutex<File>>),
}

impl MovieFile {
    /// The file that is open here.
    pub fn open(file: File) -> Self {
        Self::Open(Arc::new(Mutex::new(file)))
    }

    /// Whether it is what a command names for its standard input.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self, Self::At(path) if path == Path::new("-"))
    }

    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        match self {
            Self::At(path) => std::fs::metadata(path),
            Self::Open(file) => locked(file, |file| file.metadata()),
        }
    }

    /// A reader from the beginning.
    pub(super) fn reader(&self) -> io::Result<MovieReader> {
        Ok(match self {
            Self::At(path) => MovieReader::Own(File::open(path)?),
            Self::Open(file) => MovieReader::Shared { file: file.clone(), at: 0 },
        })
    }
}

impl From<&Path> for MovieFile {
    fn from(path: &Path) -> Self {
        Self::At(path.to_owned())
    }
}

/// Reads a file of movies.
pub(super) enum MovieReader {
    Own(File),
    /// An open file has one place for all who read it, so that each keeps its own.
    Shared {
        file: Arc<Mutex<File>>,
        at: u64,
    },
}

impl Read for MovieReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Own(file) => file.read(buffer),
            Self::Shared { file, at } => {
                let read = locked(file, |file| {
                    file.seek(SeekFrom::Start(*at))?;
                    file.read(buffer)
                })?;
                *at += read as u64;
                Ok(read)
            }
        }
    }
}

/// Whoever reads says where from, so a poisoned lock guards a sound file.
fn locked<T>(file: &Mutex<File>, work: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
    work(&mut file.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn readers_of_an_open_file_do_not_disturb_each_other() {
        let mut open = tempfile::tempfile().unwrap();
        open.write_all(b"abcdef").unwrap();
        let file = MovieFile::open(open);
        let (mut one, mut other) = (file.reader().unwrap(), file.reader().unwrap());
        let (mut begin, mut rest, mut whole) = ([0; 2], String::new(), String::new());
        one.read_exact(&mut begin).unwrap();
        other.read_to_string(&mut whole).unwrap();
        one.read_to_string(&mut rest).unwrap();
        assert_eq!((&begin, &*rest, &*whole), (b"ab", "cdef", "abcdef"));
        assert_eq!(file.metadata().unwrap().len(), 6);
    }
}
