//! Bodies of forms without files.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use futures::StreamExt as _;

use super::body::body_bytes;
use super::parts::{PartLimits, brings_parts, content_type, essence, read_parts};
use crate::http::Rejection;
use crate::http::fields::Body;

/// As many parts as Starlette reads. The body as a whole is under the limit of all bodies.
pub(super) const OF_FORMS: PartLimits = PartLimits { parts: 1000, text: usize::MAX, file: usize::MAX };

/// Reads the body of an endpoint that takes a form, as Starlette does: what is neither urlencoded nor in
/// parts is an empty form, and a file is no field. Unlike an upload it is under the limit of all bodies.
pub(super) async fn read_form<D>(request: &HttpRequest, payload: Payload) -> Result<Body, Rejection<D>> {
    if !brings_parts(request)? {
        return read_urlencoded(request, payload).await;
    }
    let bytes = body_bytes(request, payload).await?;
    let stream = futures::stream::once(async move { Ok(bytes) });
    match read_parts(request, stream.boxed_local(), OF_FORMS).await? {
        Body::Upload { texts, .. } => Ok(Body::Form(texts)),
        other => Ok(other),
    }
}

/// Reads a body that is not in parts: a form, or nothing that has fields.
pub(super) async fn read_urlencoded<D>(
    request: &HttpRequest,
    payload: Payload,
) -> Result<Body, Rejection<D>> {
    if content_type(request).map(essence).as_deref() != Some("application/x-www-form-urlencoded") {
        return Ok(Body::Form(Vec::new()));
    }
    let bytes = body_bytes(request, payload).await?;
    Ok(Body::of_urlencoded(&bytes))
}
