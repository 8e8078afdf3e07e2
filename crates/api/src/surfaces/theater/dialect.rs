//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use vestibule_application::ErrorKind;
use vestibule_domain::accounts::WeakPassword;

use crate::http::Problem;
use crate::http::fastapi::{FastApi, challenge, detail};

/// The dialect of the theater contract.
pub struct Theater;

impl FastApi for Theater {
    fn refused(problem: &Problem, code: &str) -> Option<HttpResponse> {
        Some(match code {
            // Registration: contract 2.1.
            "email_taken" => {
                detail(409, &format!("A user with this email {} already exists.", problem.parameter("email")))
            }
            "registration_failed" => detail(500, "An error occurred during user creation."),
            // Activation: contract 2.2.
            "invalid_activation_token" => detail(400, "Invalid or expired activation token."),
            "already_active" => detail(400, "User account is already active."),
            // Password reset: contract 2.4.
            "invalid_reset_token" => detail(400, "Invalid email or token."),
            "password_reset_failed" => detail(500, "An error occurred while resetting the password."),
            // Login: contract 2.5.
            "wrong_credentials" => detail(401, "Invalid email or password."),
            "account_not_active" => detail(403, "User account is not activated."),
            "login_failed" => detail(500, "An error occurred while processing the request."),
            // Refresh: contract 2.6. The surface does not rotate, so nothing is ever reused; the text is
            // that of an unknown token.
            "refresh_token_expired" => detail(400, "Token has expired."),
            "invalid_refresh_token" | "token_of_other_use" => detail(400, "Invalid token."),
            "refresh_token_foreign" | "refresh_token_unknown" | "refresh_token_reused" => {
                detail(401, "Refresh token not found.")
            }
            "refresh_account_gone" => detail(404, "User not found."),
            // Movies: contract 2.7 to 2.11.
            "no_movies" => detail(404, "No movies found."),
            "movie_not_found" => detail(404, "Movie with the given ID was not found."),
            "movie_exists" => detail(
                409,
                &format!(
                    "A movie with the name '{}' and release date '{}' already exists.",
                    problem.parameter("name"),
                    problem.parameter("date"),
                ),
            ),
            "movie_change_does_not_fit" => detail(400, "Invalid input data."),
            // Writing behind the closed door `catalogue_writes`; challenges by RFC 6750 section 3.
            "not_authenticated" => challenge(401, "Bearer", "Not authenticated"),
            "access_token_expired" | "invalid_access_token" | "access_token_revoked" => {
                challenge(401, "Bearer error=\"invalid_token\"", "Could not validate credentials")
            }
            "catalogue_forbidden" => challenge(
                403,
                "Bearer error=\"insufficient_scope\"",
                "Only moderators and administrators may change the catalogue.",
            ),
            _ => return None,
        })
    }

    fn of_kind(_: &Problem, kind: ErrorKind) -> Option<HttpResponse> {
        (kind == ErrorKind::Invalid).then(|| detail(400, "Invalid input data."))
    }
}

/// The words for a password that breaks a rule (contract 1.5).
pub(super) fn weak_password(weakness: WeakPassword) -> String {
    match weakness {
        WeakPassword::TooShort { min } => format!("Password must contain at least {min} characters."),
        WeakPassword::TooLong { max } => format!("Password must contain at most {max} characters."),
        WeakPassword::NoUppercase => "Password must contain at least one uppercase letter.".to_owned(),
        WeakPassword::NoLowercase => "Password must contain at least one lower letter.".to_owned(),
        WeakPassword::NoDigit => "Password must contain at least one digit.".to_owned(),
        WeakPassword::NoSpecial { .. } => {
            "Password must contain at least one special character: @, $, !, %, *, ?, #, &.".to_owned()
        }
    }
}
