//! Bodies in parts (RFC 7578).

use std::cell::Cell;
use std::rc::Rc;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use bytes::Bytes;
use futures::{Stream, TryStreamExt as _};
use vestibule_application::{Code, CodedError};

use crate::http::fields::{Body, UploadedFile};
use crate::http::{FrameworkProblem, codes};

/// The request is said to be `multipart/form-data`, and not where its parts end.
#[derive(Debug, thiserror::Error)]
#[error("the content type names no boundary")]
pub struct NoBoundary;

impl CodedError for NoBoundary {
    fn code(&self) -> Code {
        codes::MISSING_BOUNDARY
    }
}

/// Whether the request brings parts. Only its head is looked at.
pub(super) fn brings_parts(request: &HttpRequest) -> Result<bool, NoBoundary> {
    let Some(content_type) = content_type(request).filter(|text| essence(text) == "multipart/form-data")
    else {
        return Ok(false);
    };
    // The parser tells apart what is no type at all and a type without a boundary; the original does not.
    let has_boundary = content_type.split(';').skip(1).any(|parameter| {
        parameter.trim().get(..9).is_some_and(|name| name.eq_ignore_ascii_case("boundary="))
            && parameter.trim().len() > 9
    });
    if has_boundary { Ok(true) } else { Err(NoBoundary) }
}

pub(super) fn content_type(request: &HttpRequest) -> Option<&str> {
    request.headers().get(CONTENT_TYPE)?.to_str().ok()
}

/// A content type without its parameters, in lower case.
pub(super) fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How much of a body in parts is read into memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartLimits {
    /// Parts of either kind.
    pub(super) parts: usize,
    /// Bytes of a text.
    pub(super) text: usize,
    /// Bytes of all files.
    pub(super) file: usize,
}

/// Reads the parts, in order, as Starlette does: of a text and a file of one name the later one counts, and where the
/// body is cut off, the parts that are whole count.
///
/// Of files of one name only the last one is kept. All that are kept have room for one file together, and one more while
/// it is read.
pub(super) async fn read_parts(
    request: &HttpRequest,
    bytes: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    limits: PartLimits,
) -> Result<Body, FrameworkProblem> {
    let first = Rc::new(Cell::new(None));
    let bytes = bytes.inspect_ok({
        let first = Rc::clone(&first);
        move |chunk| first.set(first.get().or_else(|| first_of(chunk)))
    });
    let mut parts = Multipart::new(request.headers(), bytes);
    let (mut texts, mut files) = (Vec::new(), Vec::<(String, UploadedFile)>::new());
    let mut seen = 0_usize;
    loop {
        let mut part = match parts.try_next().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            // What does not begin as a boundary does is no part that was cut off.
            Err(error) if is_cut_off(&error) && matches!(first.get(), None | Some(b'-')) => break,
            Err(error) => return Err(unreadable(&error)),
        };
        if seen == limits.parts {
            return Err(FrameworkProblem::BodyUnreadable);
        }
        seen += 1;
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = file_name(&part) else {
            let Some(text) = read(&mut part, limits.text).await? else { break };
            files.retain(|(other, _)| *other != name);
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        };
        // A file that is cut off leaves the one before, so that one is dropped later.
        let others = files.iter().filter(|(other, _)| *other != name);
        let taken: usize = others.map(|(_, file)| file.bytes.len()).sum();
        let Some(bytes) = read(&mut part, limits.file.saturating_sub(taken)).await? else { break };
        texts.retain(|(other, _)| *other != name);
        files.retain(|(other, _)| *other != name);
        files.push((name, UploadedFile { name: file_name, bytes }));
    }
    Ok(Body::Upload { texts, files })
}

/// The first byte that ends no line.
fn first_of(chunk: &[u8]) -> Option<u8> {
    chunk.iter().copied().find(|byte| !b"\r\n".contains(byte))
}

/// The name of a file. A part that has one is a file, even if the name is empty, as browsers send when none was chosen.
fn file_name(part: &Field) -> Option<String> {
    let head = part.content_disposition()?;
    let extended = || head.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    head.get_filename().map(str::to_owned).or_else(extended)
}

/// The bytes of a part. `None` if it is cut off.
async fn read(part: &mut Field, limit: usize) -> Result<Option<Bytes>, FrameworkProblem> {
    match part.bytes(limit).await {
        Ok(Ok(bytes)) => Ok(Some(bytes)),
        Ok(Err(error)) if is_cut_off(&error) => Ok(None),
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(_exceeded) => Err(FrameworkProblem::BodyTooLarge),
    }
}

/// Whether the body ends before its last boundary. A connection that ends before its body is another matter.
fn is_cut_off(error: &MultipartError) -> bool {
    matches!(error, MultipartError::Incomplete)
}

fn unreadable(error: &MultipartError) -> FrameworkProblem {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => FrameworkProblem::BodyTooLarge,
        _ => FrameworkProblem::BodyUnreadable,
    }
}
