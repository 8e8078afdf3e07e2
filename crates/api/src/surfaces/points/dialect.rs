//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use vestibule_application::Code;

use super::codes;
use crate::http::Problem;
use crate::http::fastapi::{FastApi, detail};

/// The dialect of the points contract.
pub struct Points;

impl FastApi for Points {
    const SURFACE: &'static str = super::policy::NAME;
    const CORS_ORIGINS: Option<&'static str> = Some("surfaces.points.cors_origins");
    // A number of points of any size is out of range, and no broken JSON: decision 7.
    const SATURATES_NUMBERS: bool = true;

    fn refused(problem: &Problem, code: Code) -> Option<HttpResponse> {
        Some(match code {
            // A form in parts: contract 1.
            codes::MISSING_BOUNDARY => detail(400, "Missing boundary in multipart."),
            // Who asks: contract 2.7 to 2.10. No answer carries a challenge.
            codes::NOT_AUTHENTICATED
            | codes::ACCESS_TOKEN_EXPIRED
            | codes::INVALID_ACCESS_TOKEN
            | codes::ACCESS_TOKEN_REVOKED
            | codes::INVALID_RECOVERY_TOKEN => detail(401, "Invalid access token"),
            // Codes: contract 2.3, decision 4.
            codes::EMAIL_FORM_INCORRECT => detail(400, "The email form is incorrect"),
            codes::INVALID_CODE => detail(400, "Invalid or expired code"),
            // New accounts and passwords: contract 2.4 and 2.7, decision 3.
            codes::NEW_EMAIL_INVALID => detail(400, "Invalid email"),
            codes::WEAK_PASSWORD | codes::BREACHED_PASSWORD => detail(400, "Invalid password structure"),
            codes::EMAIL_TAKEN => {
                detail(400, &format!("User already exist with this email {}", problem.parameter("email")))
            }
            // Login: contract 2.5. An account that may not sign in is told like one that is not there.
            codes::WRONG_CREDENTIALS | codes::ACCOUNT_NOT_ACTIVE => detail(401, "Invalid credentials"),
            // Points: contract 2.9 and 2.10, decision 7.
            codes::POINTS_NEGATIVE => detail(403, "Points cannot be negative"),
            codes::INSUFFICIENT_POINTS => detail(401, "Insufficient points"),
            codes::POINTS_OUT_OF_RANGE => detail(400, "Points out of range"),
            codes::ACCOUNT_NOT_FOUND => detail(404, "User not found"),
            codes::IDEMPOTENCY_KEY_REUSED => detail(422, "Idempotency-Key was used for another request"),
            codes::IDEMPOTENCY_KEY_UNDER_WAY => {
                detail(409, "A request with this Idempotency-Key is under way")
            }
            _ => return None,
        })
    }
}
