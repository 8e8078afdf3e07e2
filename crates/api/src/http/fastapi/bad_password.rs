//! Passwords that are known from a breach, as validation errors.

use serde_json::Value;

use crate::http::Problem;
use crate::http::codes;
use crate::http::fields::{Fault, Item, ValidationErrors};

/// What is wrong with the password in the field `field`, if that is the problem: for surfaces whose dialect tells it
/// like any other password that breaks a rule. The password itself is not shown.
pub(super) fn bad_password(field: &'static str, problem: &Problem) -> Option<ValidationErrors> {
    let Problem::Refused { code: codes::BREACHED_PASSWORD, .. } = problem else {
        return None;
    };
    let fault = Fault::rule("Password must not be known from a breach.");
    Some(Item::new(["body", field], fault, Value::from("***")).into())
}
