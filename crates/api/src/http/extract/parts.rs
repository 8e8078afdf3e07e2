//! Bodies in parts (RFC 7578).

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
    /// Bytes of a file.
    pub(super) file: usize,
    /// Files.
    pub(super) files: usize,
}

/// Reads the parts, in order.
pub(super) async fn read_parts(
    request: &HttpRequest,
    bytes: impl Stream<Item = Result<Bytes, PayloadError>> + 'static,
    limits: PartLimits,
) -> Result<Body, FrameworkProblem> {
    let mut parts = Multipart::new(request.headers(), bytes);
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    while let Some(mut part) = parts.try_next().await.map_err(|error| unreadable(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        if texts.len() + files.len() == limits.parts {
            return Err(FrameworkProblem::BodyUnreadable);
        }
        let Some(file_name) = file_name(&part) else {
            let text = read(&mut part, limits.text).await?;
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        };
        if files.len() < limits.files {
            files.push((name, UploadedFile { name: file_name, bytes: read(&mut part, limits.file).await? }));
        } else {
            return Err(FrameworkProblem::BodyUnreadable);
        }
    }
    Ok(Body::Upload { texts, files })
}

/// The name of a file. A part that has one is a file, even if the name is empty, as browsers send when none was chosen.
fn file_name(part: &Field) -> Option<String> {
    let head = part.content_disposition()?;
    let extended = || head.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
    head.get_filename().map(str::to_owned).or_else(extended)
}

async fn read(part: &mut Field, limit: usize) -> Result<Bytes, FrameworkProblem> {
    match part.bytes(limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(_exceeded) => Err(FrameworkProblem::BodyTooLarge),
    }
}

fn unreadable(error: &MultipartError) -> FrameworkProblem {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => FrameworkProblem::BodyTooLarge,
        _ => FrameworkProblem::BodyUnreadable,
    }
}
