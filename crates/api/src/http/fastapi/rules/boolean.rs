use serde_json::{Number, Value};

use crate::http::fields::{Fault, Given, Report, Rule};

/// True or false; also 0 and 1 and the words `off`, `f`, `n`, `no`, `on`, `t`, `y`, `yes` in any case.
pub fn boolean() -> impl Rule<Output = bool> {
    Boolean
}

struct Boolean;

impl Rule for Boolean {
    type Output = bool;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<bool> {
        judge(given).map_err(|fault| report.refuse(given, fault)).ok()
    }
}

fn judge(given: Given<'_>) -> Result<bool, Fault> {
    if let Some(text) = given.as_text() {
        return from_text(text).ok_or(Fault::UnreadableBoolean);
    }
    match given {
        Given::Json(Value::Bool(value)) => Ok(*value),
        Given::Json(Value::Number(number)) => from_number(number),
        _ => Err(Fault::NotABoolean),
    }
}

fn from_number(number: &Number) -> Result<bool, Fault> {
    match number.as_f64() {
        Some(0.0) => Ok(false),
        Some(1.0) => Ok(true),
        // pydantic calls a number unreadable if it is whole and has 64 bits at most, else of a wrong type.
        Some(value) if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 => {
            Err(Fault::UnreadableBoolean)
        }
        _ => Err(Fault::NotABoolean),
    }
}

fn from_text(text: &str) -> Option<bool> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_one_of(&["0", "off", "f", "false", "n", "no"]) {
        return Some(false);
    }
    is_one_of(&["1", "on", "t", "true", "y", "yes"]).then_some(true)
}
