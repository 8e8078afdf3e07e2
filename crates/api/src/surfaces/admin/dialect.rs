//! How this surface words its errors: the only place where its statuses and texts are decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::{Code, ErrorKind};

use super::codes;
use crate::http::endpoint::Shape;
use crate::http::fastapi::{FastApi, challenge, detail};
use crate::http::{Problem, json};

/// The dialect of the admin contract.
pub struct Admin;

/// Contract 2.14 and 2.15, with single blanks (decision 3).
const NOT_A_PICTURE: &str = "File type not allowed. Please upload a .jpg, .jpeg, or .png file.";

impl FastApi for Admin {
    const SURFACE: &'static str = super::policy::NAME;

    fn refused(problem: &Problem, code: Code) -> Option<HttpResponse> {
        Some(match code {
            // Who asks: decisions 2 and 3.
            codes::NOT_AUTHENTICATED => challenge(401, "Bearer", "Not authenticated"),
            codes::ACCESS_TOKEN_EXPIRED | codes::INVALID_ACCESS_TOKEN | codes::ACCESS_TOKEN_REVOKED => {
                challenge(401, "Bearer", "Not a valid token ")
            }
            codes::ADMINISTRATORS_ONLY => detail(403, "You don't have access to perform this action"),
            // Sign-up: contract 2.2 and 2.3, decision 4.
            codes::EMAIL_TAKEN => detail(409, "User already exists with this email"),
            codes::USERNAME_TAKEN => name_taken(problem.parameter("suggestions")),
            // Login and refresh: contract 2.4 and 2.5, decisions 6 and 7.
            codes::WRONG_CREDENTIALS | codes::ACCOUNT_NOT_ACTIVE => {
                detail(401, "Incorrect email or password")
            }
            codes::REFRESH_TOKEN_EXPIRED | codes::INVALID_REFRESH_TOKEN | codes::TOKEN_OF_OTHER_USE => {
                detail(400, "Not a valid refresh token")
            }
            codes::REFRESH_TOKEN_FOREIGN
            | codes::REFRESH_TOKEN_UNKNOWN
            | codes::REFRESH_TOKEN_REUSED
            | codes::REFRESH_ACCOUNT_GONE => {
                detail(403, "You do not have permission to perfome this operation")
            }
            // Users: contract 2.7 to 2.9, decisions 1 and 9.
            codes::ACCOUNT_NOT_FOUND => detail(404, "User not found"),
            codes::NEW_EMAIL_TAKEN => detail(409, "Email Alredy Exists"),
            codes::NEW_USERNAME_TAKEN => detail(409, "Username Alredy Exists"),
            codes::ALREADY_IN_TRASH => detail(400, "Alredy Deleted"),
            codes::LAST_ADMIN => detail(400, "The last admin cannot be removed"),
            // The trash: contract 2.11 to 2.13.
            codes::NO_ACCOUNTS_NAMED => detail(400, "please provide user's id"),
            codes::NOT_IN_TRASH => detail(400, "You are Trying to restore a non deleted user"),
            codes::BEING_REMOVED => detail(400, "Either user is permanantly deleted or not soft deleted"),
            codes::NOTHING_TO_REMOVE => detail(
                400,
                "You are Trying to permanently delete a user who is alredy deleted or not soft deleted",
            ),
            // Pictures: contract 2.14 and 2.15, decision 11.
            codes::MISSING_BOUNDARY => detail(400, "Missing boundary in multipart."),
            codes::FILE_TYPE_NOT_ALLOWED
            | codes::NOT_A_PICTURE
            | codes::PICTURE_NOT_SUPPORTED
            | codes::PICTURE_BROKEN => detail(400, NOT_A_PICTURE),
            codes::PICTURE_TOO_LARGE => detail(413, "Request Entity Too Large"),
            codes::NO_BUCKET => json(StatusCode::BAD_REQUEST, &NO_CREDENTIALS),
            _ => return None,
        })
    }

    fn of_kind(_: &Problem, kind: ErrorKind) -> Option<HttpResponse> {
        (kind == ErrorKind::Internal).then(|| detail(500, "An unexpected error occurred"))
    }

    fn shape_of(code: Code) -> Option<Shape> {
        match code {
            codes::USERNAME_TAKEN => Some(Shape::of::<NameTaken>()),
            codes::NO_BUCKET => Some(Shape::of::<BucketError>()),
            _ => None,
        }
    }
}

/// The name is taken, and others are not.
#[derive(Serialize, ToSchema)]
struct NameTaken {
    /// What is wrong.
    detail: NameTakenDetail,
}

/// Names in the place of one that is taken.
#[derive(Serialize, ToSchema)]
struct NameTakenDetail {
    /// What is wrong.
    message: &'static str,
    /// Five free names.
    suggested_usernames: Vec<String>,
}

fn name_taken(suggestions: &str) -> HttpResponse {
    let suggested_usernames = suggestions.lines().map(str::to_owned).collect();
    let message = "User already exists with this username";
    let body = NameTaken { detail: NameTakenDetail { message, suggested_usernames } };
    json(StatusCode::CONFLICT, &body)
}

/// An error of the bucket.
#[derive(Serialize, ToSchema)]
struct BucketError {
    /// What is wrong.
    message: &'static str,
}

const NO_CREDENTIALS: BucketError =
    BucketError { message: "Credentials error: Unable to locate credentials" };
