//! Faults of values in pydantic 2.10's words (theater contract 1.3, contacts contract 1.4).

use std::borrow::Cow;
use std::fmt::Display;

use serde_json::{Value, json};
use vestibule_domain::accounts::InvalidEmail;

use crate::http::fields::{Bound, Fault};

/// The `type`, `msg` and `ctx` of an item.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) kind: &'static str,
    pub(super) message: Cow<'static, str>,
    pub(super) context: Option<Value>,
}

fn plain(kind: &'static str, message: &'static str) -> Words {
    Words { kind, message: Cow::Borrowed(message), context: None }
}

fn with(kind: &'static str, message: String, context: Value) -> Words {
    Words { kind, message: Cow::Owned(message), context: Some(context) }
}

fn value_error(text: impl Display) -> Words {
    with("value_error", format!("Value error, {text}"), json!({ "error": {} }))
}

impl Words {
    /// The table of kinds. `email` words what is wrong with an address.
    pub(super) fn of(fault: &Fault, email: fn(&InvalidEmail) -> String) -> Self {
        match fault {
            Fault::Missing => plain("missing", "Field required"),
            Fault::NotAnObject => plain(
                "model_attributes_type",
                "Input should be a valid dictionary or object to extract fields from",
            ),
            Fault::BrokenJson(error) => {
                with("json_invalid", "JSON decode error".to_owned(), json!({ "error": error }))
            }
            Fault::Rule(text) => value_error(text),
            Fault::Nul => value_error("NUL characters are not allowed."),
            Fault::NotAFile => value_error("Expected UploadFile, received: <class 'str'>"),
            Fault::NotAnEmail(reason) => {
                let reason = email(reason);
                let message = format!("value is not a valid email address: {reason}");
                with("value_error", message, json!({ "reason": reason }))
            }
            Fault::NotText => plain("string_type", "Input should be a valid string"),
            Fault::TooShort(least) => {
                let message = format!("String should have at least {least} character{}", plural(*least));
                with("string_too_short", message, json!({ "min_length": least }))
            }
            Fault::TooLong(most) => {
                let message = format!("String should have at most {most} character{}", plural(*most));
                with("string_too_long", message, json!({ "max_length": most }))
            }
            Fault::Mismatch(pattern) => {
                let message = format!("String should match pattern '{pattern}'");
                with("string_pattern_mismatch", message, json!({ "pattern": pattern }))
            }
            Fault::NotAmong(choices) => {
                let expected = any_of(choices);
                with("enum", format!("Input should be {expected}"), json!({ "expected": expected }))
            }
            Fault::NotAList => plain("list_type", "Input should be a valid list"),
            Fault::TooMany { most, given } => {
                let items = format!("item{}", plural(*most));
                let message =
                    format!("List should have at most {most} {items} after validation, not {given}");
                with(
                    "too_long",
                    message,
                    json!({ "field_type": "List", "max_length": most, "actual_length": given }),
                )
            }
            Fault::NotAnInteger => plain("int_type", "Input should be a valid integer"),
            Fault::UnreadableInteger => {
                plain("int_parsing", "Input should be a valid integer, unable to parse string as an integer")
            }
            Fault::HugeInteger => {
                plain("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size")
            }
            Fault::Fraction => plain(
                "int_from_float",
                "Input should be a valid integer, got a number with a fractional part",
            ),
            Fault::NotANumber => plain("float_type", "Input should be a valid number"),
            Fault::UnreadableNumber => {
                plain("float_parsing", "Input should be a valid number, unable to parse string as a number")
            }
            Fault::NotFinite => plain("finite_number", "Input should be a finite number"),
            Fault::Below(bound) => range("greater_than_equal", "greater than or equal to", "ge", *bound),
            Fault::NotAbove(bound) => range("greater_than", "greater than", "gt", *bound),
            Fault::Above(bound) => range("less_than_equal", "less than or equal to", "le", *bound),
            Fault::NotBelow(bound) => range("less_than", "less than", "lt", *bound),
            Fault::NotABoolean => plain("bool_type", "Input should be a valid boolean"),
            Fault::UnreadableBoolean => {
                plain("bool_parsing", "Input should be a valid boolean, unable to interpret input")
            }
            Fault::NotADate => plain("date_type", "Input should be a valid date"),
            Fault::UnreadableDate(reason) => {
                let message = format!("Input should be a valid date or datetime, {reason}");
                with("date_from_datetime_parsing", message, json!({ "error": reason }))
            }
            Fault::ImpossibleDate(reason) => {
                let message = format!("Input should be a valid date in the format YYYY-MM-DD, {reason}");
                with("date_parsing", message, json!({ "error": reason }))
            }
            Fault::NotMidnight => plain(
                "date_from_datetime_inexact",
                "Datetimes provided to dates should have zero time - e.g. be exact dates",
            ),
        }
    }
}

fn range(kind: &'static str, relation: &str, key: &str, bound: Bound) -> Words {
    with(kind, format!("Input should be {relation} {bound}"), json!({ key: Value::from(bound) }))
}

/// `'A', 'B' or 'C'`.
fn any_of(choices: &[&str]) -> String {
    let quoted: Vec<_> = choices.iter().map(|choice| format!("'{choice}'")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
