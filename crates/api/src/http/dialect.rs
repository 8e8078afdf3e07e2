//! How a surface writes errors.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::Method;
use bytes::Bytes;
use serde_json::Value;

use super::Problem;
use super::fields::{Body, JsonError};

/// The way in which one surface words and wraps its errors.
pub trait Dialect: 'static {
    /// The name under which the audit trail knows what comes through the surface.
    const SURFACE: &'static str;

    /// The setting that names the origins whose pages may call. `None` if the surface has no such setting.
    const CORS_ORIGINS: Option<&'static str> = None;

    /// Puts a problem into words: status, body and the headers that the contract asks for. The headers
    /// `Retry-After` and `Allow` are added to every surface's answers by [`Rejection`](super::Rejection).
    fn render(problem: &Problem) -> HttpResponse;

    /// Whether a missing permission is answered before anything about the body. If not, broken JSON is answered first.
    const ASKS_FIRST: bool = false;

    /// Whether `HEAD` is answered wherever `GET` is, `OPTIONS` everywhere, and `Allow` names all methods of a path.
    const TELLS_METHODS: bool = false;

    /// Whether the contract answers this method on this path with 404 instead of 405.
    fn is_unknown(method: &Method, path: &str) -> bool {
        let _ = (method, path);
        false
    }

    /// Reads the body of an endpoint that takes JSON.
    ///
    /// # Errors
    /// As [`Dialect::json`] says.
    fn body(content_type: Option<&str>, bytes: &Bytes) -> Result<Body, JsonError> {
        Body::of_json_endpoint(content_type, bytes, Self::json)
    }

    /// Reads a JSON text; of doubled keys the last one counts.
    ///
    /// # Errors
    /// [`JsonError`] says how it is broken, where the surface tells.
    fn json(text: &[u8]) -> Result<Value, JsonError> {
        serde_json::from_slice(text).map_err(|_serde_words| JsonError::Unreadable)
    }

    /// The normal spelling of a value of the path. Limits count all spellings of a value together.
    fn spelling(value: &str) -> Cow<'_, str> {
        value.into()
    }
}
