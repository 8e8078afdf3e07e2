//! Bodies of endpoints that take their fields in any encoding.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use futures::StreamExt as _;
use serde_json::{Map, Value};

use super::body::body_bytes;
use super::form::OF_FORMS;
use super::input::broken_json;
use super::parts::{brings_parts, content_type, essence, read_parts};
use crate::http::fields::{Body, parse_urlencoded};
use crate::http::{Dialect, FrameworkProblem, Rejection};

/// Reads fields from a form, urlencoded or in parts, or from a JSON object, whatever the method of the request is. Any
/// other body counts as one without fields: another or no content type, JSON that is no object, broken parts (points
/// contract §1, decision 1). Broken JSON is an error.
pub(super) async fn read_any<D: Dialect>(
    request: &HttpRequest,
    payload: Payload,
) -> Result<Body, Rejection<D>> {
    if brings_parts(request)? {
        let bytes = body_bytes(request, payload).await?;
        let stream = futures::stream::once(async move { Ok(bytes) });
        return match read_parts(request, stream.boxed_local(), OF_FORMS).await {
            Ok(Body::Upload { texts, files }) => {
                Ok(Body::of_fields(texts, files.into_iter().map(|(field, _file)| field)))
            }
            Ok(_) | Err(FrameworkProblem::BodyUnreadable) => Ok(nothing()),
            Err(problem) => Err(problem.into()),
        };
    }
    let Some(content_type) = content_type(request) else { return Ok(nothing()) };
    if essence(content_type) == "application/x-www-form-urlencoded" {
        let bytes = body_bytes(request, payload).await?;
        return Ok(Body::of_fields(parse_urlencoded(&bytes), []));
    }
    if !Body::is_json(content_type) {
        return Ok(nothing());
    }
    let bytes = body_bytes(request, payload).await?;
    if bytes.is_empty() {
        return Ok(nothing());
    }
    match D::json(&bytes).map_err(broken_json)? {
        Value::Object(fields) => Ok(Body::Fields(fields)),
        _ => Ok(nothing()),
    }
}

fn nothing() -> Body {
    Body::Fields(Map::new())
}
