//! Zip files.

use std::io::{self, Seek, Write};
use std::path::Path;

use tempfile::NamedTempFile;
use time::OffsetDateTime;
use tokio::task::spawn_blocking;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::commands::export_file::sync_name;

/// A zip file that is being written. Compressing and writing take threads of their own.
pub(crate) struct ZipFile<W: Write + Seek> {
    /// `None` while a thread writes, and after one was cut off.
    zip: Option<ZipWriter<W>>,
    options: SimpleFileOptions,
}

impl<W: Write + Seek + Send + 'static> ZipFile<W> {
    /// An empty one. What is added is of this time.
    pub(crate) fn over(file: W, now: OffsetDateTime) -> Self {
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
        Self { zip: Some(ZipWriter::new(file)), options }
    }

    /// Adds a file that is compressed.
    pub(super) async fn add(&mut self, name: &'static str, bytes: Vec<u8>) -> io::Result<()> {
        self.put(name.to_owned(), bytes, CompressionMethod::Deflated).await
    }

    /// Adds a file that is compressed in itself, as pictures are.
    pub(super) async fn add_packed(&mut self, name: String, bytes: Vec<u8>) -> io::Result<()> {
        self.put(name, bytes, CompressionMethod::Stored).await
    }

    async fn put(&mut self, name: String, bytes: Vec<u8>, method: CompressionMethod) -> io::Result<()> {
        let mut zip = self.zip.take().ok_or_else(cut_off)?;
        let options = self.options.compression_method(method);
        let written = spawn_blocking(move || {
            let started = zip.start_file(name, options).map_err(io::Error::other);
            let written = started.and_then(|()| zip.write_all(&bytes));
            (zip, written)
        });
        let (zip, written) = written.await.map_err(io::Error::other)?;
        self.zip = Some(zip);
        written
    }

    /// Ends it, and answers what was written to.
    pub(crate) async fn finish(self) -> io::Result<W> {
        let zip = self.zip.ok_or_else(cut_off)?;
        let finished = spawn_blocking(move || zip.finish().map_err(io::Error::other));
        finished.await.map_err(io::Error::other)?
    }
}

impl ZipFile<NamedTempFile> {
    /// A zip file under another name beside its place. Only its owner can read it. Dropping it removes it.
    ///
    /// # Errors
    /// When there can be no such file.
    pub(super) fn beside(place: &Path, now: OffsetDateTime) -> io::Result<Self> {
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(Self::over(NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?, now))
    }

    /// Puts it at its place, unless there is a file by now.
    pub(super) async fn end(self, place: &Path) -> io::Result<()> {
        let file = self.finish().await?;
        file.as_file().sync_all()?;
        file.persist_noclobber(place).map_err(|refused| refused.error)?;
        sync_name(place);
        Ok(())
    }
}

fn cut_off() -> io::Error {
    io::Error::other("the writing of the file was cut off before")
}
