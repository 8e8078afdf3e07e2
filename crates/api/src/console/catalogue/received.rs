//! Receiving a file: its bytes go to the disk as they come.

use std::fs::File;
use std::io::{self, Write as _};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt as _;
use tokio::task::spawn_blocking;

use crate::http::FrameworkProblem;

/// Bytes of a field that is no file.
const LARGEST_TEXT: usize = 1 << 10;
/// Bytes that are written at once.
const WRITTEN: usize = 256 << 10;
/// Characters of the name of a file that are kept.
const NAME_CHARS: usize = 200;

/// A part of a form.
pub(super) enum Part {
    Text(String, String),
    /// The file, which has to be the last part: what follows it is not read.
    File(Box<FilePart>),
}

/// A file that is still to be read.
pub(super) struct FilePart {
    /// How the sender's machine calls it.
    pub(super) name: String,
    field: Field,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReceiveError {
    /// The body cannot be read.
    #[error("the body cannot be read")]
    Unreadable,
    /// The file is over the limit.
    #[error("the file is too large")]
    TooLarge,
    /// The disk does not take it.
    #[error("the temporary file cannot be written")]
    Disk(#[from] io::Error),
}

/// The next part of a form; `None` at its end.
pub(super) async fn next_part(parts: &mut Multipart) -> Result<Option<Part>, FrameworkProblem> {
    let Some(mut field) = parts.try_next().await.map_err(|error| unreadable(&error))? else {
        return Ok(None);
    };
    let file = field.content_disposition().and_then(|head| {
        let extended =
            || head.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
        head.get_filename().map(str::to_owned).or_else(extended)
    });
    if let Some(name) = file {
        let name = name.chars().take(NAME_CHARS).collect();
        return Ok(Some(Part::File(Box::new(FilePart { name, field }))));
    }
    let name = field.name().unwrap_or_default().to_owned();
    let text = match field.bytes(LARGEST_TEXT).await {
        Ok(text) => text.map_err(|error| unreadable(&error))?,
        Err(_exceeded) => return Err(FrameworkProblem::BodyTooLarge),
    };
    Ok(Some(Part::Text(name, String::from_utf8_lossy(&text).into_owned())))
}

impl FilePart {
    /// Writes the file, of so many bytes at the most, into a temporary one that its owner alone reads. Answers its size,
    /// too. The temporary file has no name: it goes when the answer is dropped, or this before, or when the server is
    /// killed.
    pub(super) async fn receive(mut self: Box<Self>, largest: u64) -> Result<(File, u64), ReceiveError> {
        let mut file = off_the_worker(tempfile::tempfile).await?;
        let (mut waiting, mut size) = (BytesMut::new(), 0_u64);
        while let Some(chunk) = self.field.try_next().await.map_err(|_cut_off| ReceiveError::Unreadable)? {
            size += chunk.len() as u64;
            if size > largest {
                return Err(ReceiveError::TooLarge);
            }
            waiting.extend_from_slice(&chunk);
            if waiting.len() >= WRITTEN {
                file = written(file, waiting.split().freeze()).await?;
            }
        }
        file = written(file, waiting.freeze()).await?;
        Ok((file, size))
    }
}

async fn written(mut file: File, bytes: Bytes) -> io::Result<File> {
    off_the_worker(move || {
        file.write_all(&bytes)?;
        Ok(file)
    })
    .await
}

/// Does what waits for the disk where no request waits for it.
async fn off_the_worker<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

fn unreadable(error: &MultipartError) -> FrameworkProblem {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => FrameworkProblem::BodyTooLarge,
        _ => FrameworkProblem::BodyUnreadable,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use futures::stream;

    use super::*;

    #[cfg(unix)]
    #[actix_web::test]
    async fn a_file_is_received_into_one_without_a_name_of_which_a_killed_server_leaves_nothing() {
        use std::os::unix::fs::MetadataExt as _;

        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"movies.csv\"\r\n\r\nname\r\n--b--\r\n";
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=b"));
        let body = stream::iter([Ok::<_, PayloadError>(Bytes::from_static(body.as_bytes()))]);
        let mut parts = Multipart::new(&headers, body);
        let Some(Part::File(part)) = next_part(&mut parts).await.unwrap() else { panic!("no file") };
        let (file, size) = part.receive(100).await.unwrap();
        let kept = file.metadata().unwrap();
        assert_eq!((kept.nlink(), kept.len(), size), (0, 4, 4));
    }
}
