//! The dialect of the surfaces made with `FastAPI`: what they have in common, and where each has words of its own.

mod bad_email;
mod bad_password;
mod bad_picture;
mod email_words;
mod python_json;
mod rules;
mod shapes;
mod validation_body;
mod words;

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, HeaderValue, WWW_AUTHENTICATE};
use serde::Serialize;
use serde_json::Value;
use vestibule_application::{Code, ErrorKind};
use vestibule_domain::accounts::InvalidEmail;

use self::bad_email::bad_email;
use self::bad_password::bad_password;
use self::bad_picture::bad_picture;
pub use self::email_words::email_words;
use self::rules::lax_integer;
pub use self::rules::{FloatRule, IntegerRule, boolean, date, float, integer};
use self::shapes::{ErrorDetail, ValidationErrorDetail};
use self::validation_body::ValidationBody;
use super::endpoint::{DocumentedDialect, Shape};
use super::extract::{BodyKind, NoBoundary, NotAuthenticated};
use super::fields::{JsonError, ValidationErrors};
use super::{Dialect, FrameworkProblem, Problem, codes, json};

/// A surface of the family. It adds its own codes and words. All surfaces answer alike to faults of values, to
/// problems of the framework and to codes without words of their own.
pub trait FastApi: 'static {
    /// See [`Dialect::SURFACE`].
    const SURFACE: &'static str;

    /// See [`Dialect::CORS_ORIGINS`].
    const CORS_ORIGINS: Option<&'static str> = None;

    /// Whether a number in JSON beyond the range of a double is read as the greatest double. Else it is broken JSON.
    const SATURATES_NUMBERS: bool = false;

    /// The answer to a code that the surface has words for.
    fn refused(problem: &Problem, code: Code) -> Option<HttpResponse>;

    /// The answer to a kind that the surface words otherwise than the family.
    fn of_kind(problem: &Problem, kind: ErrorKind) -> Option<HttpResponse> {
        let _ = (problem, kind);
        None
    }

    /// What is wrong with an e-mail address.
    fn email(reason: &InvalidEmail) -> String {
        email_words(reason)
    }

    /// The shape of the answer to too many calls.
    fn limited_shape() -> Shape {
        Shape::of::<ErrorDetail>()
    }

    /// The shape of the answer to a code, where it is not that of all others.
    fn shape_of(code: Code) -> Option<Shape> {
        let _ = code;
        None
    }
}

impl<S: FastApi> Dialect for S {
    const SURFACE: &'static str = <S as FastApi>::SURFACE;
    const CORS_ORIGINS: Option<&'static str> = <S as FastApi>::CORS_ORIGINS;

    fn render(problem: &Problem) -> HttpResponse {
        match problem {
            Problem::Invalid(errors) => {
                json(StatusCode::UNPROCESSABLE_ENTITY, &ValidationBody::<S>::new(errors))
            }
            Problem::Framework(problem) => framework(*problem),
            // While the server trusts whoever reaches it.
            Problem::Refused { code: codes::THROUGH_A_PROXY | codes::FOREIGN_PAGE, .. } => {
                detail(403, problem.parameter_or("how", "Forbidden"))
            }
            Problem::Refused { code, .. } => S::refused(problem, *code)
                .or_else(|| bad_value(problem).map(|errors| invalid::<S>(&errors)))
                .or_else(|| S::of_kind(problem, code.kind()))
                .unwrap_or_else(|| by_kind(code.kind())),
        }
    }

    fn json(text: &[u8]) -> Result<Value, JsonError> {
        if S::SATURATES_NUMBERS { python_json::parse_saturating(text) } else { python_json::parse(text) }
    }

    /// Spells an id of the path as a plain number. All numbers beyond 64 bits become -1, the id of no record.
    fn spelling(value: &str) -> Cow<'_, str> {
        match lax_integer(value) {
            Some(id) => i64::try_from(id).unwrap_or(-1).to_string().into(),
            None => value.into(),
        }
    }
}

impl<S: FastApi> DocumentedDialect for S {
    fn shape(problem: &Problem) -> Shape {
        match problem {
            Problem::Refused { code, .. } if code.kind() == ErrorKind::RateLimited => S::limited_shape(),
            Problem::Refused { code, .. }
                if S::refused(problem, *code).is_none() && bad_value(problem).is_some() =>
            {
                Self::invalid_shape()
            }
            Problem::Refused { code, .. } => S::shape_of(*code).unwrap_or_else(Shape::of::<ErrorDetail>),
            Problem::Framework(_) => Shape::of::<ErrorDetail>(),
            Problem::Invalid(_) => Self::invalid_shape(),
        }
    }

    fn invalid_shape() -> Shape {
        Shape::of::<ValidationErrorDetail>()
    }

    fn not_authenticated() -> Problem {
        NotAuthenticated.into()
    }

    fn unreadable_bodies(kind: BodyKind) -> Vec<(&'static str, Problem)> {
        let mut cases = vec![("body", FrameworkProblem::BodyUnreadable.into())];
        if matches!(kind, BodyKind::Form | BodyKind::Upload | BodyKind::Any) {
            cases.push(("boundary", NoBoundary.into()));
        }
        cases
    }
}

/// The validation error for a value that a use case refused, for surfaces that answer it like any other bad value.
fn bad_value(problem: &Problem) -> Option<ValidationErrors> {
    bad_picture("file", problem)
        .or_else(|| bad_email("email", problem))
        .or_else(|| bad_password("password", problem))
}

fn invalid<S: FastApi>(errors: &ValidationErrors) -> HttpResponse {
    json(StatusCode::UNPROCESSABLE_ENTITY, &ValidationBody::<S>::new(errors))
}

fn framework(problem: FrameworkProblem) -> HttpResponse {
    match problem {
        FrameworkProblem::RouteNotFound => detail(404, "Not Found"),
        FrameworkProblem::MethodNotAllowed { .. } => detail(405, "Method Not Allowed"),
        FrameworkProblem::BodyUnreadable => detail(400, "There was an error parsing the body"),
        FrameworkProblem::BodyTooLarge => detail(413, "Request Entity Too Large"),
        FrameworkProblem::BodyTooSlow => detail(408, "Request Timeout"),
        FrameworkProblem::TimedOut => detail(503, "Service Unavailable"),
        FrameworkProblem::Panicked => internal_server_error(),
    }
}

/// The answer to a code without words of its own.
fn by_kind(kind: ErrorKind) -> HttpResponse {
    match kind {
        ErrorKind::Invalid => detail(400, "Bad Request"),
        ErrorKind::Unauthenticated => detail(401, "Not authenticated"),
        ErrorKind::Forbidden => detail(403, "Forbidden"),
        ErrorKind::NotFound => detail(404, "Not Found"),
        ErrorKind::Conflict => detail(409, "Conflict"),
        ErrorKind::TooLarge => detail(413, "Request Entity Too Large"),
        ErrorKind::RateLimited => detail(429, "Too Many Requests"),
        ErrorKind::Unavailable => detail(503, "Service Unavailable"),
        ErrorKind::Internal => internal_server_error(),
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    detail: &'a str,
}

/// `{"detail": text}`.
pub fn detail(status: u16, text: &str) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, &ErrorBody { detail: text })
}

/// `{"detail": text}` with a challenge (RFC 6750 section 3).
pub fn challenge(status: u16, challenge: &'static str, text: &str) -> HttpResponse {
    let mut response = detail(status, text);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

/// As Starlette answers an exception that nobody caught.
fn internal_server_error() -> HttpResponse {
    HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("Internal Server Error")
}

#[cfg(test)]
mod tests;
