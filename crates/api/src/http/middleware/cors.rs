//! Which pages of other origins may call (Fetch standard, "HTTP CORS protocol").

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ContentType, HeaderMap, HeaderValue, ORIGIN, VARY,
};
use futures::future::{Either, FutureExt as _, TryFutureExt as _, ready};

use super::amend::amend;

/// Every method that a page may ask for.
const METHODS: &str = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
/// For how long a browser remembers a preflight, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
const TRUE: HeaderValue = HeaderValue::from_static("true");
const ANY: HeaderValue = HeaderValue::from_static("*");
const BY_ORIGIN: HeaderValue = HeaderValue::from_static("Origin");

/// Origins whose pages may call.
#[derive(Debug, Clone)]
pub enum CorsOrigins {
    /// The named origins, as browsers write them. Their calls may bring credentials.
    Named(Arc<[String]>),
    /// Every origin. No call may bring credentials.
    Any,
}

impl Default for CorsOrigins {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl CorsOrigins {
    /// Pages of these origins, and of no others.
    pub fn new(origins: &[String]) -> Self {
        Self::Named(origins.into())
    }

    /// Whether no page of another origin may call. Answers then have no headers about origins.
    fn are_none(&self) -> bool {
        matches!(self, Self::Named(origins) if origins.is_empty())
    }

    /// Whether pages of this origin may call.
    pub fn contains(&self, origin: &HeaderValue) -> bool {
        match self {
            Self::Named(origins) => origins.iter().any(|allowed| origin == allowed.as_str()),
            Self::Any => true,
        }
    }

    /// Whether an answer to this origin is another than to others.
    fn depends_on(&self, origin: &HeaderValue) -> bool {
        matches!(self, Self::Named(_)) && self.contains(origin)
    }

    /// Adds the headers by which a browser lets a page of this origin read the answer, if it may.
    fn open(&self, headers: &mut HeaderMap, origin: HeaderValue) {
        match self {
            Self::Any => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
            }
            Self::Named(_) => {
                headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
                if self.contains(&origin) {
                    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                }
            }
        }
    }
}

/// Answers preflights, and tells browsers which pages may read the other answers, as Starlette's
/// `CORSMiddleware` does with all methods and all headers, and with credentials where the origins are named (contacts
/// contract 1.1; points contract, decision 11).
pub fn cors<S, B>(
    origins: &CorsOrigins,
    request: ServiceRequest,
    service: &S,
) -> impl Future<Output = Result<ServiceResponse<BoxBody>, actix_web::Error>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody + 'static,
{
    let Some(origin) = request.headers().get(ORIGIN).filter(|_| !origins.are_none()).cloned() else {
        return Either::Left(service.call(request).map_ok(ServiceResponse::map_into_boxed_body));
    };
    if request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        let answer = preflight(request.headers(), origin, origins);
        return Either::Right(Either::Left(ready(Ok(request.into_response(answer)))));
    }
    let origins = origins.clone();
    Either::Right(Either::Right(service.call(request).map(move |outcome| {
        let answer = amend(outcome, |headers| {
            if origins.depends_on(&origin) {
                headers.append(VARY, BY_ORIGIN);
            }
            origins.open(headers, origin);
        });
        answer.map(ServiceResponse::map_into_boxed_body)
    })))
}

fn preflight(asked: &HeaderMap, origin: HeaderValue, origins: &CorsOrigins) -> HttpResponse {
    let method = asked.get(ACCESS_CONTROL_REQUEST_METHOD).and_then(|method| method.to_str().ok());
    let is_method = method.is_some_and(|method| METHODS.split(", ").any(|known| known == method));
    let refused: Vec<_> = [(origins.contains(&origin), "origin"), (is_method, "method")]
        .iter()
        .filter(|(good, _)| !good)
        .map(|(_, what)| *what)
        .collect();
    let mut answer = match refused.as_slice() {
        [] => HttpResponse::Ok().content_type(ContentType::plaintext()).body("OK"),
        _ => HttpResponse::BadRequest()
            .content_type(ContentType::plaintext())
            .body(format!("Disallowed CORS {}", refused.join(", "))),
    };
    let headers = answer.headers_mut();
    if let CorsOrigins::Named(_) = origins {
        headers.insert(VARY, BY_ORIGIN);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    if let Some(names) = asked.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    origins.open(headers, origin);
    answer
}
