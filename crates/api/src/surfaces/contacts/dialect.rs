//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, HeaderValue, WWW_AUTHENTICATE};
use serde::Serialize;
use vestibule_application::{Code, ErrorKind};
use vestibule_domain::accounts::InvalidEmail;

use super::codes;
use crate::http::{Dialect, FrameworkProblem, Problem, bad_email, bad_picture, json};

/// The dialect of the contacts contract.
pub struct Contacts;

impl Dialect for Contacts {
    fn render(problem: &Problem) -> HttpResponse {
        if let Some(errors) = bad_picture("file", problem).or_else(|| bad_email("email", problem)) {
            return json(StatusCode::UNPROCESSABLE_ENTITY, &errors);
        }
        match problem {
            Problem::Invalid(errors) => json(StatusCode::UNPROCESSABLE_ENTITY, errors),
            Problem::Framework(problem) => match problem {
                FrameworkProblem::RouteNotFound => detail(404, "Not Found"),
                FrameworkProblem::MethodNotAllowed { .. } => detail(405, "Method Not Allowed"),
                FrameworkProblem::BodyUnreadable => detail(400, "There was an error parsing the body"),
                FrameworkProblem::BodyTooLarge => detail(413, "Request Entity Too Large"),
                FrameworkProblem::TimedOut => detail(503, "Service Unavailable"),
                FrameworkProblem::Panicked => internal_server_error(),
            },
            Problem::Refused { code, .. } => refused(problem, *code),
        }
    }
}

fn refused(problem: &Problem, code: Code) -> HttpResponse {
    match code {
        // A form or an upload: contract 2.8.
        codes::MISSING_BOUNDARY => detail(400, "Missing boundary in multipart."),
        // Who asks: contract 1.2.
        codes::NOT_AUTHENTICATED => challenge("Not authenticated"),
        codes::ACCESS_TOKEN_EXPIRED | codes::INVALID_ACCESS_TOKEN | codes::ACCESS_TOKEN_REVOKED => {
            challenge("Wrong credentials")
        }
        codes::REFRESH_HEADER_MISSING => detail(403, "Not authenticated"),
        codes::REFRESH_SCHEME_UNKNOWN => detail(403, "Invalid authentication credentials"),
        // Sign-up and confirmation: contract 2.9 and 2.1.
        codes::EMAIL_TAKEN => detail(409, "Already exists"),
        codes::INVALID_EMAIL_TOKEN => detail(422, "Invalid token for email verification"),
        codes::CONFIRMED_ACCOUNT_GONE => detail(400, "Verification error"),
        // Login: contract 2.10.
        codes::UNKNOWN_ACCOUNT => detail(401, "Wrong user"),
        codes::EMAIL_NOT_CONFIRMED => detail(401, "Email not confirmed"),
        codes::WRONG_PASSWORD => detail(401, "Wrong password"),
        // Refresh: contract 2.11, decision 10.
        codes::REFRESH_TOKEN_EXPIRED
        | codes::INVALID_REFRESH_TOKEN
        | codes::REFRESH_TOKEN_FOREIGN
        | codes::REFRESH_ACCOUNT_GONE => detail(401, "Cannot validate"),
        codes::TOKEN_OF_OTHER_USE => detail(401, "Invalid Scope"),
        codes::REFRESH_TOKEN_UNKNOWN | codes::REFRESH_TOKEN_REUSED => detail(401, "Invalid refresh token"),
        // Password reset: decision 9.
        codes::INVALID_RESET_TOKEN => detail(400, "Invalid or expired token"),
        // Contacts: contract 2.5 to 2.8.
        codes::CONTACT_NOT_FOUND => detail(404, "Contact was not found"),
        // While the server trusts whoever reaches it.
        codes::THROUGH_A_PROXY => detail(403, problem.parameter("how")),
        _ => by_kind(problem, code.kind()),
    }
}

/// What has no text of its own.
fn by_kind(problem: &Problem, kind: ErrorKind) -> HttpResponse {
    match kind {
        ErrorKind::Invalid => detail(400, "Bad Request"),
        ErrorKind::Unauthenticated => detail(401, "Wrong credentials"),
        ErrorKind::Forbidden => detail(403, "Forbidden"),
        ErrorKind::NotFound => detail(404, "Not Found"),
        ErrorKind::Conflict => detail(409, "Already exists"),
        ErrorKind::TooLarge => detail(413, "Request Entity Too Large"),
        ErrorKind::RateLimited => too_many(problem.parameter("limit")),
        ErrorKind::Unavailable => detail(503, "Service Unavailable"),
        ErrorKind::Internal => internal_server_error(),
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    detail: &'a str,
}

fn detail(status: u16, text: &str) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, &ErrorBody { detail: text })
}

fn challenge(text: &str) -> HttpResponse {
    let mut response = detail(401, text);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

#[derive(Serialize)]
struct LimitBody {
    error: String,
}

/// Contract 1.5. The limits of accounts and recipients, which are not published, have no words.
fn too_many(limit: &str) -> HttpResponse {
    let error = match limit {
        "" => "Rate limit exceeded".to_owned(),
        limit => format!("Rate limit exceeded: {limit}"),
    };
    json(StatusCode::TOO_MANY_REQUESTS, &LimitBody { error })
}

/// Contract 1.1.
fn internal_server_error() -> HttpResponse {
    HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("Internal Server Error")
}

/// The words of email-validator 2.1 where they differ from those of 2.2 (contract 1.4).
pub(super) fn invalid_email(reason: &InvalidEmail) -> String {
    let has_another_at = match reason {
        InvalidEmail::NoAtSign => true,
        InvalidEmail::DomainCharacters { characters } | InvalidEmail::LocalPartCharacters { characters } => {
            characters.contains("'@'")
        }
        _ => false,
    };
    if has_another_at {
        return "The email address is not valid. It must have exactly one @-sign.".to_owned();
    }
    reason.to_string()
}
