//! Uploads: bodies in parts with a file among them.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{HttpMessage as _, HttpRequest, web};
use futures::StreamExt as _;
use vestibule_application::Services;
use vestibule_domain::accounts::AccountId;

use super::admission::NotAuthenticated;
use super::client_address::client_name;
use super::parts::{PartLimits, read_parts};
use super::upload_places::UploadPlaces;
use crate::http::fields::Body;
use crate::http::{FrameworkProblem, Rejection};

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

/// Reads the fields of an upload, with no more files among them than one has room for, into memory. What the request says about
/// its own length does not matter: bytes are counted as they come.
pub(super) async fn read_upload<D>(request: &HttpRequest, payload: Payload) -> Result<Body, Rejection<D>> {
    let limit = request.app_data::<web::Data<UploadLimit>>().ok_or(FrameworkProblem::Panicked)?;
    let limits = PartLimits { parts: MOST_PARTS, text: LARGEST_TEXT, file: limit.largest };
    // A file somewhat over the limit is read to its end and dropped, so that its sender hears the answer.
    let mut left = limit.largest.saturating_mul(2).saturating_add(AROUND);
    let counted = payload.map(move |chunk| {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(PayloadError::Overflow)?;
        Ok(chunk)
    });
    Ok(read_parts(request, counted, limits).await?)
}
