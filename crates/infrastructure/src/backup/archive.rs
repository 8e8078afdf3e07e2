//! The archive: written entry by entry, and read so that nothing but an archive of ours passes.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tar::{Archive, Builder, EntryType, Header};

use super::error::{BackupError, at, damaged};
use super::layout::{LARGEST_MANIFEST, Name, SEAL, seal};
use super::manifest::{Entry, FORM, Manifest};

/// Counts the digest of what goes through.
struct Digested<T> {
    inner: T,
    digest: Sha256,
    bytes: u64,
}

impl<T> Digested<T> {
    fn new(inner: T) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }

    fn count(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.count(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.update(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}

/// An archive that is written.
pub(super) struct Writer {
    builder: Builder<Digested<BufWriter<File>>>,
    path: PathBuf,
    seconds: u64,
    pub(super) entries: Vec<Entry>,
}

impl Writer {
    /// On an empty file. `seconds` since 1970 is the time of all entries.
    pub(super) fn new(file: File, path: &Path, seconds: u64) -> Self {
        let file = Digested::new(BufWriter::with_capacity(1 << 20, file));
        Self { builder: Builder::new(file), path: path.to_owned(), seconds, entries: Vec::new() }
    }

    /// Adds an entry of exactly this length.
    pub(super) fn add(&mut self, name: &Name, length: u64, content: impl Read) -> Result<(), BackupError> {
        let mut header = Header::new_gnu();
        let failed = at(&self.path);
        let described = header.set_path(name.to_string());
        header.set_size(length);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        header.set_entry_type(EntryType::Regular);
        header.set_cksum();
        let mut content = Digested::new(content.take(length));
        let added = described.and_then(|()| self.builder.append(&header, &mut content));
        let added = added.and_then(|()| {
            let is_whole = content.bytes == length;
            if is_whole { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
        });
        added.map_err(failed)?;
        let sha256 = hex::encode(content.digest.finalize());
        self.entries.push(Entry { name: name.to_string(), length, sha256 });
        Ok(())
    }

    /// Ends the archive with its manifest and its seal. It is on disk then.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<(), BackupError> {
        let text = serde_json::to_vec(manifest).map_err(io::Error::other).map_err(at(&self.path))?;
        self.add(&Name::Manifest, text.len() as u64, text.as_slice())?;
        let end = |builder: Builder<Digested<BufWriter<File>>>| {
            let Digested { inner, digest, .. } = builder.into_inner()?;
            let mut file = inner;
            file.write_all(&seal(&digest.finalize()))?;
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
        };
        end(self.builder).map_err(at(&self.path))
    }
}

/// Reads a whole archive. `take` sees each entry before the manifest; what it does not read is read here. Everything is
/// checked: names, lengths and digests of the entries by the manifest, and the file by its seal. What `take` did is
/// void if this fails.
pub(super) fn read(
    file: &mut File,
    mut take: impl FnMut(&Name, &mut dyn Read) -> Result<(), BackupError>,
) -> Result<(Manifest, String), BackupError> {
    // The library quotes what it could not read, which may be anybody's data.
    let broken = |error: io::Error| match error.raw_os_error() {
        Some(_) => damaged(error.to_string()),
        None => damaged("it does not read as an archive"),
    };
    let length = file.metadata().map_err(broken)?.len();
    let Some(body) = length.checked_sub(SEAL as u64) else { return Err(damaged("it is too short")) };
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let mut archive = Archive::new(Digested::new(BufReader::with_capacity(1 << 20, &mut *file).take(body)));
    let mut entries: Vec<Entry> = Vec::new();
    let mut manifest: Option<Manifest> = None;
    // Raw: no other kind of entry is ours, and none is followed.
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        if manifest.is_some() {
            return Err(damaged("there is something behind the manifest"));
        }
        if entry.header().entry_type() != EntryType::Regular {
            return Err(damaged("an entry is not a file"));
        }
        let name = std::str::from_utf8(&entry.path_bytes()).ok().and_then(Name::parse);
        let Some(name) = name else { return Err(damaged("an entry has a name that no backup has")) };
        let length = entry.size();
        if length > body {
            return Err(damaged("an entry is longer than the file"));
        }
        if name == Name::Manifest {
            if length > LARGEST_MANIFEST {
                return Err(damaged("the manifest is too long"));
            }
            let mut text = Vec::new();
            entry.read_to_end(&mut text).map_err(broken)?;
            let read =
                serde_json::from_slice(&text).map_err(|_no_manifest| damaged("the manifest is none"))?;
            manifest = Some(read);
            continue;
        }
        let mut content = Digested::new(&mut entry);
        take(&name, &mut content)?;
        io::copy(&mut content, &mut io::sink()).map_err(broken)?;
        if content.bytes != length {
            return Err(damaged("it ends within an entry"));
        }
        let sha256 = hex::encode(content.digest.finalize());
        entries.push(Entry { name: name.to_string(), length, sha256 });
    }
    let mut rest = archive.into_inner();
    io::copy(&mut rest, &mut io::sink()).map_err(broken)?;
    if rest.bytes != body {
        return Err(damaged("it became shorter"));
    }
    let digest = rest.digest.finalize();
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(body)).map_err(broken)?;
    (&mut *file).take(SEAL as u64).read_to_end(&mut end).map_err(broken)?;
    if end != seal(&digest) {
        return Err(damaged("its bytes are not those that were written"));
    }
    let Some(manifest) = manifest else { return Err(damaged("it has no manifest")) };
    if manifest.form != FORM {
        return Err(damaged("it is of another form; a newer release may read it"));
    }
    let mut names = std::collections::HashSet::new();
    let is_plain = entries.iter().all(|entry| names.insert(entry.name.clone()));
    if manifest.entries != entries || !is_plain {
        return Err(damaged("the manifest tells of other entries"));
    }
    if manifest.entry(&Name::Database.to_string()).is_none() {
        return Err(damaged("it has no database"));
    }
    Ok((manifest, hex::encode(digest)))
}

/// The digest of a file.
pub(super) fn digest_of(path: &Path) -> io::Result<(u64, String)> {
    let mut content = Digested::new(File::open(path)?);
    io::copy(&mut content, &mut io::sink())?;
    Ok((content.bytes, hex::encode(content.digest.finalize())))
}
