//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use vestibule_application::{Code, ErrorKind};
use vestibule_domain::accounts::WeakPassword;

use crate::http::fastapi::{FastApi, challenge, detail};
use crate::http::{Problem, codes};

/// The dialect of the theater contract.
pub struct Theater;

impl FastApi for Theater {
    const SURFACE: &'static str = super::policy::NAME;

    fn refused(problem: &Problem, code: Code) -> Option<HttpResponse> {
        Some(match code {
            // Registration: contract 2.1.
            codes::EMAIL_TAKEN => {
                detail(409, &format!("A user with this email {} already exists.", problem.parameter("email")))
            }
            codes::REGISTRATION_FAILED => detail(500, "An error occurred during user creation."),
            // Activation: contract 2.2.
            codes::INVALID_ACTIVATION_TOKEN => detail(400, "Invalid or expired activation token."),
            codes::ALREADY_ACTIVE => detail(400, "User account is already active."),
            // Password reset: contract 2.4.
            codes::INVALID_RESET_TOKEN => detail(400, "Invalid email or token."),
            codes::PASSWORD_RESET_FAILED => detail(500, "An error occurred while resetting the password."),
            // Login: contract 2.5.
            codes::WRONG_CREDENTIALS => detail(401, "Invalid email or password."),
            codes::ACCOUNT_NOT_ACTIVE => detail(403, "User account is not activated."),
            codes::LOGIN_FAILED => detail(500, "An error occurred while processing the request."),
            // Refresh: contract 2.6. The surface does not rotate, so nothing is ever reused; the text is
            // that of an unknown token.
            codes::REFRESH_TOKEN_EXPIRED => detail(400, "Token has expired."),
            codes::INVALID_REFRESH_TOKEN | codes::TOKEN_OF_OTHER_USE => detail(400, "Invalid token."),
            codes::REFRESH_TOKEN_FOREIGN | codes::REFRESH_TOKEN_UNKNOWN | codes::REFRESH_TOKEN_REUSED => {
                detail(401, "Refresh token not found.")
            }
            codes::REFRESH_ACCOUNT_GONE => detail(404, "User not found."),
            // Movies: contract 2.7 to 2.11.
            codes::NO_MOVIES => detail(404, "No movies found."),
            codes::MOVIE_NOT_FOUND => detail(404, "Movie with the given ID was not found."),
            codes::MOVIE_EXISTS => detail(
                409,
                &format!(
                    "A movie with the name '{}' and release date '{}' already exists.",
                    problem.parameter("name"),
                    problem.parameter("date"),
                ),
            ),
            codes::MOVIE_CHANGE_DOES_NOT_FIT => detail(400, "Invalid input data."),
            // Writing behind the closed door `catalogue_writes`; challenges by RFC 6750 section 3.
            codes::NOT_AUTHENTICATED => challenge(401, "Bearer", "Not authenticated"),
            codes::ACCESS_TOKEN_EXPIRED | codes::INVALID_ACCESS_TOKEN | codes::ACCESS_TOKEN_REVOKED => {
                challenge(401, "Bearer error=\"invalid_token\"", "Could not validate credentials")
            }
            codes::CATALOGUE_FORBIDDEN => challenge(
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
