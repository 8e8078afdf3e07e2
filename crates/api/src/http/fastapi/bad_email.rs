//! Addresses that mail cannot be sent to, as validation errors.

use serde_json::Value;
use vestibule_domain::accounts::InvalidEmail;

use crate::http::Problem;
use crate::http::codes;
use crate::http::fields::{Fault, Item, ValidationErrors};

/// What is wrong with the address in the field `field`, if that is the problem: for surfaces whose dialect tells it
/// like any other bad address. The words are those of email-validator for an address that is not allowed to have
/// such letters.
pub(super) fn bad_email(field: &'static str, problem: &Problem) -> Option<ValidationErrors> {
    let Problem::Refused { code: codes::EMAIL_NOT_MAILABLE, .. } = problem else {
        return None;
    };
    let fault = Fault::NotAnEmail(InvalidEmail::International);
    let given = Value::from(problem.parameter("email"));
    Some(Item::new(["body", field], fault, given).into())
}
