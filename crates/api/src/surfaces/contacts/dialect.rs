//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::ErrorKind;
use vestibule_domain::accounts::InvalidEmail;

use crate::http::endpoint::Shape;
use crate::http::fastapi::{FastApi, challenge, detail};
use crate::http::{Problem, json};

/// The dialect of the contacts contract.
pub struct Contacts;

impl FastApi for Contacts {
    fn refused(_: &Problem, code: &str) -> Option<HttpResponse> {
        Some(match code {
            // A form or an upload: contract 2.8.
            "missing_boundary" => detail(400, "Missing boundary in multipart."),
            // Who asks: contract 1.2.
            "not_authenticated" => challenge(401, "Bearer", "Not authenticated"),
            "access_token_expired" | "invalid_access_token" | "access_token_revoked" => {
                challenge(401, "Bearer", "Wrong credentials")
            }
            "refresh_header_missing" => detail(403, "Not authenticated"),
            "refresh_scheme_unknown" => detail(403, "Invalid authentication credentials"),
            // Sign-up and confirmation: contract 2.9 and 2.1.
            "email_taken" => detail(409, "Already exists"),
            "invalid_email_token" => detail(422, "Invalid token for email verification"),
            "confirmed_account_gone" => detail(400, "Verification error"),
            // Login: contract 2.10.
            "unknown_account" => detail(401, "Wrong user"),
            "email_not_confirmed" => detail(401, "Email not confirmed"),
            "wrong_password" => detail(401, "Wrong password"),
            // Refresh: contract 2.11, decision 10.
            "refresh_token_expired"
            | "invalid_refresh_token"
            | "refresh_token_foreign"
            | "refresh_account_gone" => detail(401, "Cannot validate"),
            "token_of_other_use" => detail(401, "Invalid Scope"),
            "refresh_token_unknown" | "refresh_token_reused" => detail(401, "Invalid refresh token"),
            // Password reset: decision 9.
            "invalid_reset_token" => detail(400, "Invalid or expired token"),
            // Contacts: contract 2.5 to 2.8.
            "contact_not_found" => detail(404, "Contact was not found"),
            _ => return None,
        })
    }

    fn of_kind(problem: &Problem, kind: ErrorKind) -> Option<HttpResponse> {
        Some(match kind {
            ErrorKind::Unauthenticated => detail(401, "Wrong credentials"),
            ErrorKind::Conflict => detail(409, "Already exists"),
            ErrorKind::RateLimited { .. } => too_many(problem.parameter("limit")),
            _ => return None,
        })
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
