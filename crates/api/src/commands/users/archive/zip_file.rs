//! A zip file that is there as a whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;
use time::OffsetDateTime;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip file under another name beside its place. Only its owner can read it. Dropping it removes it.
pub(super) struct ZipFile {
    zip: ZipWriter<NamedTempFile>,
    options: SimpleFileOptions,
}

impl ZipFile {
    /// # Errors
    /// When there can be no such file.
    pub(super) fn beside(place: &Path, now: OffsetDateTime) -> io::Result<Self> {
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        let year = u16::try_from(now.year()).unwrap_or_default();
        let time = DateTime::from_date_and_time(
            year,
            now.month().into(),
            now.day(),
            now.hour(),
            now.minute(),
            now.second(),
        );
        let options =
            SimpleFileOptions::default().unix_permissions(0o600).last_modified_time(time.unwrap_or_default());
        Ok(Self { zip: ZipWriter::new(file), options })
    }

    /// Adds a file that is compressed.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, bytes, CompressionMethod::Deflated)
    }

    /// Adds a file that is compressed in itself, as pictures are.
    pub(super) fn add_packed(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, bytes, CompressionMethod::Stored)
    }

    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        self.zip.start_file(name, self.options.compression_method(method)).map_err(io::Error::other)?;
        self.zip.write_all(bytes)
    }

    /// Puts it at its place, unless there is a file by now.
    pub(super) fn end(self, place: &Path) -> io::Result<()> {
        let file = self.zip.finish().map_err(io::Error::other)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(place).map(drop).map_err(|refused| refused.error)
    }
}
