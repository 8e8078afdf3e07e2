//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use vestibule_application::{Code, ErrorKind};

use super::json::json;
use super::rules::EMPTY;
use super::token::TokenRefused;
use super::{codes, json_text};
use crate::http::endpoint::{DocumentedDialect, Shape};
use crate::http::extract::BodyKind;
use crate::http::fields::{Body, Fault, Item, JsonError, ValidationErrors};
use crate::http::{Dialect, FrameworkProblem, Problem};

/// The dialect of the mobile contract.
pub struct Mobile;

const UNAUTHORIZED: &str = "Unauthorized access!";
const NO_DATA: &str = "Internal server error. Unable to get data.";
const NO_USER: &str = "User not found.";
const NO_JSON: &str = "Invalid JSON";

impl Dialect for Mobile {
    const SURFACE: &'static str = super::policy::NAME;
    /// Mobile contract 1: token, then target, then body.
    const ASKS_FIRST: bool = true;
    /// Decision 12.
    const TELLS_METHODS: bool = true;

    fn render(problem: &Problem) -> HttpResponse {
        match problem {
            // Decision 2.
            Problem::Invalid(errors) => message(400, &fault_words(errors)),
            Problem::Framework(problem) => framework(*problem),
            // While the server trusts whoever reaches it.
            Problem::Refused { code: codes::THROUGH_A_PROXY | codes::FOREIGN_PAGE, .. } => {
                message(403, problem.parameter_or("how", UNAUTHORIZED))
            }
            Problem::Refused { code, .. } => {
                token(*code).or_else(|| refused(*code)).unwrap_or_else(|| by_kind(code.kind()))
            }
        }
    }

    /// Mobile contract 1, paths and slashes: an id that is empty is no path.
    fn is_unknown(method: &Method, path: &str) -> bool {
        path == "/user/" && [Method::PATCH, Method::DELETE].contains(method)
    }

    fn json(text: &[u8]) -> Result<Value, JsonError> {
        json_text::parse(text)
    }

    fn body(content_type: Option<&str>, bytes: &Bytes) -> Result<Body, JsonError> {
        json_text::read_body(content_type, bytes)
    }
}

/// What is wrong with a token (mobile contract 1).
fn token(code: Code) -> Option<HttpResponse> {
    Some(match code {
        codes::NOT_AUTHENTICATED => msg(401, "Missing Authorization Header"),
        codes::AUTHORIZATION_MALFORMED => msg(422, "Bad Authorization header. Expected value 'Bearer <JWT>'"),
        codes::TOKEN_NOT_ENOUGH_SEGMENTS => msg(422, "Not enough segments"),
        codes::TOKEN_HEADER_PADDING => msg(422, "Invalid header padding"),
        codes::TOKEN_HEADER_STRING => msg(422, "Invalid header string: must be a json object"),
        codes::TOKEN_PAYLOAD_PADDING => msg(422, "Invalid payload padding"),
        codes::TOKEN_PAYLOAD_STRING => msg(422, "Invalid payload string: must be a json object"),
        codes::TOKEN_CRYPTO_PADDING => msg(422, "Invalid crypto padding"),
        codes::TOKEN_ALGORITHM => msg(422, "The specified alg value is not allowed"),
        codes::TOKEN_SIGNATURE => msg(422, "Signature verification failed"),
        codes::TOKEN_NOT_YET_VALID => msg(422, "The token is not yet valid (nbf)"),
        codes::TOKEN_WITHOUT_IDENTITY => msg(422, "Missing claim: identity"),
        codes::TOKEN_OF_NOBODY => message(401, UNAUTHORIZED),
        codes::ACCESS_TOKENS_ONLY => msg(422, "Only access tokens are allowed"),
        codes::REFRESH_TOKENS_ONLY => msg(422, "Only refresh tokens are allowed"),
        codes::ACCESS_TOKEN_EXPIRED | codes::REFRESH_TOKEN_EXPIRED => msg(401, "Token has expired"),
        codes::ACCESS_TOKEN_REVOKED
        | codes::REFRESH_TOKEN_UNKNOWN
        | codes::REFRESH_TOKEN_REUSED
        | codes::REFRESH_ACCOUNT_GONE => msg(401, "Token has been revoked"),
        _ => return None,
    })
}

/// What the use cases refuse (mobile contract 2).
fn refused(code: Code) -> Option<HttpResponse> {
    Some(match code {
        codes::USERNAME_TAKEN | codes::NEW_USERNAME_TAKEN => {
            message(400, "A user with that username already exists.")
        }
        codes::EMAIL_TAKEN | codes::NEW_EMAIL_TAKEN => message(400, "A user with that email already exists."),
        codes::MOBILE_TAKEN => message(400, "A user with that mobile number already exists."),
        codes::INVALID_CODE => message(400, "Invalid or expired code."),
        codes::BREACHED_PASSWORD => message(400, "The password is known from a breach."),
        // Moved there by another request meanwhile.
        codes::ALREADY_IN_TRASH => message(404, NO_USER),
        codes::LAST_ADMIN => message(400, "The last administrator stays."),
        codes::WRONG_CREDENTIALS => message(401, "Invalid credentials!"),
        codes::ACCOUNT_NOT_ACTIVE => message(400, "Your account have not confirmed yet!"),
        codes::REGISTRATION_FAILED => message(500, "Internal server error. Failed to create user."),
        _ => return None,
    })
}

fn framework(problem: FrameworkProblem) -> HttpResponse {
    match problem {
        FrameworkProblem::RouteNotFound => message(404, "Not Found"),
        FrameworkProblem::MethodNotAllowed { .. } => message(405, "Method Not Allowed"),
        FrameworkProblem::BodyUnreadable => message(400, NO_JSON),
        FrameworkProblem::BodyTooLarge => message(413, "Request Entity Too Large"),
        FrameworkProblem::BodyTooSlow => message(408, "Request Timeout"),
        FrameworkProblem::TimedOut => message(503, "Service Unavailable"),
        FrameworkProblem::Panicked => message(500, NO_DATA),
    }
}

/// The answer to a code without words of its own.
fn by_kind(kind: ErrorKind) -> HttpResponse {
    match kind {
        ErrorKind::Invalid => message(400, "Bad Request"),
        ErrorKind::Unauthenticated => message(401, UNAUTHORIZED),
        ErrorKind::Forbidden => message(403, UNAUTHORIZED),
        ErrorKind::NotFound => message(404, NO_USER),
        ErrorKind::Conflict => message(409, "Conflict"),
        ErrorKind::TooLarge => message(413, "Request Entity Too Large"),
        ErrorKind::RateLimited => message(429, "Too Many Requests"),
        ErrorKind::Unavailable => message(503, "Service Unavailable"),
        ErrorKind::Internal => message(500, NO_DATA),
    }
}

/// The words for the first fault of the values. Clients of the contract expect a single one.
fn fault_words(errors: &ValidationErrors) -> String {
    // Mobile contract 1: all keys are read before any value is judged.
    let absent = errors.0.iter().find(|item| is_absent(&item.fault));
    let told = absent.or(errors.0.first()).and_then(|item| Some((item, item.field()?)));
    let Some((item, field)) = told else {
        return NO_JSON.to_owned();
    };
    match &item.fault {
        fault if is_absent(fault) => format!("{field} is required"),
        Fault::TooShort(least) => format!("{field} needs at least {least} characters"),
        Fault::TooLong(_) => format!("{field} is too long"),
        _ => format!("{field} is not valid"),
    }
}

/// Whether the field counts as one that is not there: decision 2.
fn is_absent(fault: &Fault) -> bool {
    matches!(fault, Fault::Missing | Fault::NotAnObject | Fault::NotText) || *fault == EMPTY
}

/// An error.
#[derive(Serialize, ToSchema)]
pub(super) struct ErrorMessage<'a> {
    /// What is wrong.
    message: &'a str,
}

/// What is wrong with a token.
#[derive(Serialize, ToSchema)]
struct TokenError<'a> {
    /// What is wrong.
    msg: &'a str,
}

fn message(status: u16, text: &str) -> HttpResponse {
    json(status_of(status), &ErrorMessage { message: text })
}

fn msg(status: u16, text: &str) -> HttpResponse {
    json(status_of(status), &TokenError { msg: text })
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl DocumentedDialect for Mobile {
    const INVALID: StatusCode = StatusCode::BAD_REQUEST;

    fn shape(problem: &Problem) -> Shape {
        match problem {
            Problem::Refused { code, .. } if *code != codes::TOKEN_OF_NOBODY && token(*code).is_some() => {
                Shape::of::<TokenError<'_>>()
            }
            _ => Shape::of::<ErrorMessage<'_>>(),
        }
    }

    fn invalid_shape() -> Shape {
        Shape::of::<ErrorMessage<'_>>()
    }

    fn not_authenticated() -> Problem {
        TokenRefused::NoHeader.into()
    }

    fn unreadable_bodies(_: BodyKind) -> Vec<(&'static str, Problem)> {
        vec![("json", FrameworkProblem::BodyUnreadable.into())]
    }
}

/// The problem of a field that has to be there, for the documents.
pub(super) fn missing(field: &'static str) -> Problem {
    ValidationErrors::from(Item::new(["body", field], Fault::Missing, Value::Null)).into()
}
