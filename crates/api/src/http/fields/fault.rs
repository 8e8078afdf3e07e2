use std::borrow::Cow;
use std::fmt::Display;

use serde_json::{Value, json};

/// What is wrong with one value: the `type`, `msg` and `ctx` of an item. The constructors are the table of
/// kinds; the texts are pydantic's (theater contract 1.3, contacts contract 1.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub(super) kind: &'static str,
    pub(super) message: Cow<'static, str>,
    pub(super) context: Option<Value>,
    pub(super) documented: bool,
}

impl Fault {
    const fn plain(kind: &'static str, message: &'static str) -> Self {
        Self { kind, message: Cow::Borrowed(message), context: None, documented: true }
    }

    fn with(kind: &'static str, message: String, context: Value) -> Self {
        Self { kind, message: Cow::Owned(message), context: Some(context), documented: true }
    }

    /// The field, or the whole body, is not there.
    pub const fn missing() -> Self {
        Self::plain("missing", "Field required")
    }

    /// The body is no JSON object.
    pub const fn model_attributes_type() -> Self {
        let message = "Input should be a valid dictionary or object to extract fields from";
        Self::plain("model_attributes_type", message)
    }

    /// The body is no JSON at all; `error` is Python's text.
    pub fn json_invalid(error: &str) -> Self {
        Self {
            documented: false,
            ..Self::with("json_invalid", "JSON decode error".to_owned(), json!({ "error": error }))
        }
    }

    /// A rule of the application's own.
    pub fn value_error(text: impl Display) -> Self {
        Self::with("value_error", format!("Value error, {text}"), json!({ "error": {} }))
    }

    /// No e-mail address.
    pub fn email(reason: &str) -> Self {
        let message = format!("value is not a valid email address: {reason}");
        Self { documented: false, ..Self::with("value_error", message, json!({ "reason": reason })) }
    }

    pub(super) const fn string_type() -> Self {
        Self::plain("string_type", "Input should be a valid string")
    }

    /// A text that is shorter than allowed, in characters.
    pub fn string_too_short(least: usize) -> Self {
        let message = format!("String should have at least {least} character{}", plural(least));
        Self::with("string_too_short", message, json!({ "min_length": least }))
    }

    /// A text that is longer than allowed, in characters.
    pub fn string_too_long(most: usize) -> Self {
        let message = format!("String should have at most {most} character{}", plural(most));
        Self::with("string_too_long", message, json!({ "max_length": most }))
    }

    pub(super) fn string_pattern_mismatch(pattern: &str) -> Self {
        let message = format!("String should match pattern '{pattern}'");
        Self::with("string_pattern_mismatch", message, json!({ "pattern": pattern }))
    }

    pub(super) const fn int_type() -> Self {
        Self::plain("int_type", "Input should be a valid integer")
    }

    pub(super) const fn int_parsing() -> Self {
        let message = "Input should be a valid integer, unable to parse string as an integer";
        Self::plain("int_parsing", message)
    }

    pub(super) const fn int_parsing_size() -> Self {
        let message = "Unable to parse input string as an integer, exceeded maximum size";
        Self::plain("int_parsing_size", message)
    }

    pub(super) const fn int_from_float() -> Self {
        let message = "Input should be a valid integer, got a number with a fractional part";
        Self::plain("int_from_float", message)
    }

    pub(super) const fn float_type() -> Self {
        Self::plain("float_type", "Input should be a valid number")
    }

    pub(super) const fn float_parsing() -> Self {
        let message = "Input should be a valid number, unable to parse string as a number";
        Self::plain("float_parsing", message)
    }

    pub(super) const fn finite_number() -> Self {
        Self::plain("finite_number", "Input should be a finite number")
    }

    pub(super) fn greater_than_equal(bound: impl Display + Into<Value>) -> Self {
        let message = format!("Input should be greater than or equal to {bound}");
        Self::with("greater_than_equal", message, json!({ "ge": bound.into() }))
    }

    pub(super) fn greater_than(bound: impl Display + Into<Value>) -> Self {
        let message = format!("Input should be greater than {bound}");
        Self::with("greater_than", message, json!({ "gt": bound.into() }))
    }

    pub(super) fn less_than_equal(bound: impl Display + Into<Value>) -> Self {
        let message = format!("Input should be less than or equal to {bound}");
        Self::with("less_than_equal", message, json!({ "le": bound.into() }))
    }

    pub(super) fn less_than(bound: impl Display + Into<Value>) -> Self {
        let message = format!("Input should be less than {bound}");
        Self::with("less_than", message, json!({ "lt": bound.into() }))
    }

    pub(super) const fn bool_type() -> Self {
        Self::plain("bool_type", "Input should be a valid boolean")
    }

    pub(super) const fn bool_parsing() -> Self {
        Self::plain("bool_parsing", "Input should be a valid boolean, unable to interpret input")
    }

    pub(super) fn enumeration(expected: &str) -> Self {
        Self::with("enum", format!("Input should be {expected}"), json!({ "expected": expected }))
    }

    pub(super) const fn date_type() -> Self {
        Self::plain("date_type", "Input should be a valid date")
    }

    pub(super) fn date_parsing(reason: &str) -> Self {
        let message = format!("Input should be a valid date in the format YYYY-MM-DD, {reason}");
        Self::with("date_parsing", message, json!({ "error": reason }))
    }

    pub(super) fn date_from_datetime_parsing(reason: &str) -> Self {
        let message = format!("Input should be a valid date or datetime, {reason}");
        Self::with("date_from_datetime_parsing", message, json!({ "error": reason }))
    }

    pub(super) const fn date_from_datetime_inexact() -> Self {
        let message = "Datetimes provided to dates should have zero time - e.g. be exact dates";
        Self::plain("date_from_datetime_inexact", message)
    }

    pub(super) const fn list_type() -> Self {
        Self::plain("list_type", "Input should be a valid list")
    }

    pub(super) fn list_too_long(most: usize, actual: usize) -> Self {
        let items = if most == 1 { "item" } else { "items" };
        let message = format!("List should have at most {most} {items} after validation, not {actual}");
        let context = json!({ "field_type": "List", "max_length": most, "actual_length": actual });
        Self::with("too_long", message, context)
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
