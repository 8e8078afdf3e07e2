//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::{Code, ErrorKind};
use vestibule_domain::accounts::InvalidEmail;

use super::codes;
use crate::http::endpoint::Shape;
use crate::http::fastapi::{FastApi, challenge, detail, email_words};
use crate::http::{Problem, json};

/// The dialect of the contacts contract.
pub struct Contacts;

impl FastApi for Contacts {
    const SURFACE: &'static str = super::policy::NAME;
    const CORS_ORIGINS: Option<&'static str> = Some("surfaces.contacts.cors_origins");

    fn refused(_: &Problem, code: Code) -> Option<HttpResponse> {
        Some(match code {
            // A form or an upload: contract 2.8.
            codes::MISSING_BOUNDARY => detail(400, "Missing boundary in multipart."),
            // Who asks: contract 1.2.
            codes::NOT_AUTHENTICATED => challenge(401, "Bearer", "Not authenticated"),
            codes::ACCESS_TOKEN_EXPIRED | codes::INVALID_ACCESS_TOKEN | codes::ACCESS_TOKEN_REVOKED => {
                challenge(401, "Bearer", "Wrong credentials")
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
            codes::REFRESH_TOKEN_UNKNOWN | codes::REFRESH_TOKEN_REUSED => {
                detail(401, "Invalid refresh token")
            }
            // Password reset: decision 9.
            codes::INVALID_RESET_TOKEN => detail(400, "Invalid or expired token"),
            // Contacts: contract 2.5 to 2.8.
            codes::CONTACT_NOT_FOUND => detail(404, "Contact was not found"),
            _ => return None,
        })
    }

    fn of_kind(problem: &Problem, kind: ErrorKind) -> Option<HttpResponse> {
        Some(match kind {
            ErrorKind::Unauthenticated => detail(401, "Wrong credentials"),
            ErrorKind::Conflict => detail(409, "Already exists"),
            ErrorKind::RateLimited => too_many(problem.parameter("limit")),
            _ => return None,
        })
    }

    /// The words of email-validator 2.1 where they differ from those of 2.2 (contract 1.4).
    fn email(reason: &InvalidEmail) -> String {
        let has_another_at = match reason {
            InvalidEmail::NoAtSign => true,
            InvalidEmail::DomainCharacters { characters }
            | InvalidEmail::LocalPartCharacters { characters } => characters.contains("'@'"),
            _ => false,
        };
        if has_another_at {
            return "The email address is not valid. It must have exactly one @-sign.".to_owned();
        }
        email_words(reason)
    }

    fn limited_shape() -> Shape {
        Shape::of::<LimitExceeded>()
    }
}

/// Over a limit.
#[derive(Serialize, ToSchema)]
struct LimitExceeded {
    /// Which limit it is.
    error: String,
}

/// Contract 1.5. The limits of accounts and recipients, which are not published, have no words.
fn too_many(limit: &str) -> HttpResponse {
    let error = match limit {
        "" => "Rate limit exceeded".to_owned(),
        limit => format!("Rate limit exceeded: {limit}"),
    };
    json(StatusCode::TOO_MANY_REQUESTS, &LimitExceeded { error })
}
