//! Bodies of forms without files.

use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest as _, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, TryStreamExt as _};

use super::upload;
use crate::http::fields::Body;
use crate::http::{FrameworkProblem, Rejection};

/// Reads the body of an endpoint that takes a form, as Starlette does: what is neither urlencoded nor in
/// parts is an empty form. Unlike an upload it is under the limit of all bodies.
pub(super) async fn read_form<D>(request: &HttpRequest, mut payload: Payload) -> Result<Body, Rejection<D>> {
    if !upload::brings_parts(request)? {
        return upload::read_form(request, payload).await;
    }
    let bytes =
        Bytes::from_request(request, &mut payload).await.map_err(|error| super::input::unreadable(&error))?;
    let stream = futures::stream::once(async move { Ok::<_, PayloadError>(bytes) });
    let pairs = read_parts(Multipart::new(request.headers(), stream.boxed_local())).await;
    Ok(Body::Form(pairs.map_err(|_broken| FrameworkProblem::BodyUnreadable)?))
}

/// The fields among the parts. A file is none.
async fn read_parts(mut parts: Multipart) -> Result<Vec<(String, String)>, MultipartError> {
    let mut pairs = Vec::new();
    while let Some(mut part) = parts.try_next().await? {
        let is_file = upload::is_file(&part);
        let name = part.name().map(str::to_owned);
        let mut value = BytesMut::new();
        while let Some(chunk) = part.try_next().await? {
            value.extend_from_slice(&chunk);
        }
        if let (Some(name), false) = (name, is_file) {
            pairs.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
    }
    Ok(pairs)
}
