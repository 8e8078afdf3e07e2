//! The values of a request, read by the field reader.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::Bytes;
use time::OffsetDateTime;
use vestibule_application::Deps;

use super::any::read_any;
use super::body::body_bytes;
use super::form::{read_form, read_urlencoded};
use super::parts::brings_parts;
use super::{Admission, upload};
use crate::http::fields::{Body, Fields, JsonError, RequestValues, ValidationErrors};
use crate::http::middleware::count_accepted;
use crate::http::{Dialect, FrameworkProblem, Matched, Rejection};

/// What an endpoint takes as its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// No body; one that is sent is not read.
    None,
    /// JSON.
    Json,
    /// Fields with a file among them, which is read by [`Fields::file`].
    Upload,
    /// A form, urlencoded or in parts; any other body is an empty form.
    Form,
    /// Fields as a form, urlencoded or in parts, or as a JSON object; any other body has none.
    Any,
}

/// Values that can be read from a request.
pub trait ReadFields: Sized + 'static {
    /// The kind of body that the values come from.
    const BODY: BodyKind;

    /// Reads them as of `now`, or names every fault.
    fn read(fields: Fields<'_>, now: OffsetDateTime) -> Result<Self, ValidationErrors>;

    /// Reads the values by rules that depend on the configuration, which is among the request's application data.
    fn read_for(
        request: &HttpRequest,
        fields: Fields<'_>,
        now: OffsetDateTime,
    ) -> Result<Self, ValidationErrors> {
        let _ = request;
        Self::read(fields, now)
    }
}

/// The values of a request to a surface that speaks the dialect `D`, from someone who is admitted as
/// `A`.
///
/// In the order of `FastAPI`, unless [`Dialect::ASKS_FIRST`] says otherwise: a body that is no JSON is told first, then who may not ask, then every
/// fault of the values. An upload is not read before it is known who asks, and
/// only while there is a place for one more of its account and client, and its account has not used its quota up.
pub struct Input<T, D, A = ()> {
    /// The values.
    pub values: T,
    /// Who asks.
    pub admitted: A,
    dialect: PhantomData<D>,
}

impl<T: ReadFields, D: Dialect, A: Admission<D>> FromRequest for Input<T, D, A> {
    type Error = Rejection<D>;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Rejection<D>>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let (body, admitted) = match T::BODY {
                BodyKind::None => (Body::Absent, A::admit(&request).await?),
                BodyKind::Json if D::ASKS_FIRST => {
                    let admitted = A::admit(&request).await?;
                    (read_json(&request, &body_bytes(&request, payload).await?)?, admitted)
                }
                BodyKind::Json => {
                    let body = read_json(&request, &body_bytes(&request, payload).await?)?;
                    (body, A::admit(&request).await?)
                }
                BodyKind::Form => {
                    let body = read_form(&request, payload).await?;
                    (body, A::admit(&request).await?)
                }
                BodyKind::Any => {
                    let body = read_any::<D>(&request, payload).await?;
                    (body, A::admit(&request).await?)
                }
                BodyKind::Upload => {
                    let brings_parts = brings_parts(&request)?;
                    let admitted = A::admit(&request).await?;
                    let body = if brings_parts {
                        upload::begin(&request, admitted.account()).await?;
                        upload::read_upload(&request, payload).await?
                    } else {
                        read_urlencoded(&request, payload).await?
                    };
                    (body, admitted)
                }
            };
            let deps = request.app_data::<web::Data<Deps>>().ok_or(FrameworkProblem::Panicked)?;
            let values = RequestValues::new(path_values(&request)?, request.query_string(), body);
            let values = T::read_for(&request, Fields::new(&values), deps.clock.now())?;
            count_accepted::<D>(&request).await?;
            Ok(Self { values, admitted, dialect: PhantomData })
        })
    }
}

/// The values of the path. A value with a slash makes the path unknown.
fn path_values<D>(request: &HttpRequest) -> Result<Vec<(&'static str, String)>, Rejection<D>> {
    let values = Matched::values(request);
    if values.iter().any(|(_, value)| value.contains('/')) {
        return Err(FrameworkProblem::RouteNotFound.into());
    }
    Ok(values)
}

fn read_json<D: Dialect>(request: &HttpRequest, bytes: &Bytes) -> Result<Body, Rejection<D>> {
    // A content type that is no text is one that is not JSON.
    let content_type = request.headers().get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or("?"));
    D::body(content_type, bytes).map_err(broken_json)
}

/// The problem of a body whose content type says JSON and that is broken.
pub(super) fn broken_json<D>(error: JsonError) -> Rejection<D> {
    match error {
        JsonError::Syntax(syntax) => ValidationErrors::from(&syntax).into(),
        JsonError::Unreadable => FrameworkProblem::BodyUnreadable.into(),
    }
}
