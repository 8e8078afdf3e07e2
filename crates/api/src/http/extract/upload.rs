//! Reading `multipart/form-data` (RFC 7578).

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest as _, HttpMessage as _, HttpRequest, web};
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};
use vestibule_application::{Code, CodedError, Services};
use vestibule_domain::accounts::AccountId;

use super::admission::NotAuthenticated;
use super::client_address::client_name;
use super::upload_places::UploadPlaces;
use crate::http::fields::Body;
use crate::http::{FrameworkProblem, Rejection, codes};

/// What uploads may take of this process.
#[derive(Debug)]
pub struct UploadLimit {
    /// How large a file may be, in bytes. The parser bounds what stands around it: 64 KiB of headers for a part.
    largest: usize,
    places: UploadPlaces,
}

impl UploadLimit {
    /// Files of so many bytes.
    pub fn new(largest: usize) -> Self {
        Self { largest, places: UploadPlaces::default() }
    }
}

/// Fields of an upload, the file among them.
const MOST_PARTS: usize = 16;
/// Bytes of a field that is no file.
const LARGEST_TEXT: usize = 16 << 10;
/// Boundaries, headers and texts.
const AROUND: usize = 256 << 10;

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
    let Some(content_type) = content_type(request).filter(|text| is_form_data(text)) else {
        return Ok(false);
    };
    // The parser tells apart what is no type at all and a type without a boundary; the original does not.
    let has_boundary = content_type.split(';').skip(1).any(|parameter| {
        parameter.trim().get(..9).is_some_and(|name| name.eq_ignore_ascii_case("boundary="))
            && parameter.trim().len() > 9
    });
    if has_boundary { Ok(true) } else { Err(NoBoundary) }
}

fn content_type(request: &HttpRequest) -> Option<&str> {
    request.headers().get(CONTENT_TYPE)?.to_str().ok()
}

fn is_form_data(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|text| text.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// Takes a place for an upload of an account and counts the upload, before a byte of it is read. The request keeps
/// the place until it is answered or dropped.
///
/// The place comes first: who is refused one has used up nothing of its quota.
pub(super) async fn begin<D>(request: &HttpRequest, account: Option<AccountId>) -> Result<(), Rejection<D>> {
    let account = account.ok_or(NotAuthenticated)?;
    let limit = request.app_data::<web::Data<UploadLimit>>().ok_or(FrameworkProblem::Panicked)?;
    let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
    let place = limit.places.take(account, client_name(request))?;
    services.count_upload.execute(account).await?;
    request.extensions_mut().insert(place);
    Ok(())
}

/// Reads the fields of an upload, at the most one file among them, into memory. What the request says about
/// its own length does not matter: bytes are counted as they come.
pub(super) async fn read_parts<D>(request: &HttpRequest, payload: Payload) -> Result<Body, Rejection<D>> {
    let limit = request.app_data::<web::Data<UploadLimit>>().ok_or(FrameworkProblem::Panicked)?;
    let largest = limit.largest;
    // A file somewhat over the limit is read to its end and dropped, so that its sender hears the answer.
    let mut left = largest.saturating_mul(2).saturating_add(AROUND);
    let counted = payload.map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    });
    let mut parts = Multipart::new(request.headers(), counted);
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    while let Some(mut part) = parts.try_next().await.map_err(|error| unreadable(&error))? {
        if texts.len() + files.len() == MOST_PARTS {
            return Err(FrameworkProblem::BodyUnreadable.into());
        }
        let name = part.name().unwrap_or_default().to_owned();
        if !is_file(&part) {
            let text = read(&mut part, LARGEST_TEXT).await?;
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
        } else if files.is_empty() {
            files.push((name, read(&mut part, largest).await?));
        } else {
            return Err(FrameworkProblem::BodyUnreadable.into());
        }
    }
    Ok(Body::Upload { texts, files })
}

/// Reads a body in place of which parts were expected: a form, or nothing that has fields.
pub(super) async fn read_form<D>(request: &HttpRequest, mut payload: Payload) -> Result<Body, Rejection<D>> {
    let is_form = content_type(request)
        .and_then(|text| text.split(';').next())
        .is_some_and(|text| text.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    if !is_form {
        return Ok(Body::Form(Vec::new()));
    }
    let bytes =
        Bytes::from_request(request, &mut payload).await.map_err(|error| super::input::unreadable(&error))?;
    Ok(Body::of_urlencoded(&bytes))
}

/// A part with a file name is a file, even with an empty one, as browsers send when none was chosen.
pub(super) fn is_file(part: &Field) -> bool {
    part.content_disposition()
        .is_some_and(|head| head.get_filename().is_some() || head.get_filename_ext().is_some())
}

async fn read<D>(part: &mut Field, limit: usize) -> Result<Bytes, Rejection<D>> {
    match part.bytes(limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => Err(unreadable(&error)),
        Err(_exceeded) => Err(FrameworkProblem::BodyTooLarge.into()),
    }
}

fn unreadable<D>(error: &MultipartError) -> Rejection<D> {
    match error {
        MultipartError::Payload(PayloadError::Overflow) => FrameworkProblem::BodyTooLarge.into(),
        _ => FrameworkProblem::BodyUnreadable.into(),
    }
}
