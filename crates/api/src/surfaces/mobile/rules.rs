//! How the values of this surface are read (decision 2).

use serde_json::{Number, Value};
use vestibule_domain::accounts::{
    EmailAddress, Gender, InvalidUsername, MobileNumber, NewPassword, Password, Username, WeakPassword,
};

use super::policy::{LONGEST_PASSWORD, PASSWORD};
use crate::http::fields::{Fault, Given, Report, Rule, secret, string};

/// The fault of an empty text, which counts as one that is missing.
pub(super) const EMPTY: Fault = Fault::TooShort(1);

/// A text of at least a character. A number is taken as its decimal text.
pub(super) fn text_or_number() -> impl Rule<Output = String> {
    TextOrNumber
}

struct TextOrNumber;

impl Rule for TextOrNumber {
    type Output = String;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<String> {
        let read = match given {
            Given::Json(Value::Number(number)) => decimal(number),
            _ => given.as_text().map(str::to_owned).ok_or(Fault::NotText),
        };
        let read = read.and_then(|text| if text.is_empty() { Err(EMPTY) } else { Ok(text) });
        read.map_err(|fault| report.refuse(given, fault)).ok()
    }
}

/// The decimal text of a number. A number with more digits than a double keeps is refused, because its text would be
/// that of another number.
fn decimal(number: &Number) -> Result<String, Fault> {
    /// The first whole number whose successor is no double (2^53).
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(value) if number.is_f64() && value.abs() >= EXACT => Err(Fault::HugeInteger),
        _ => Ok(number.to_string()),
    }
}

/// A name that identifies.
pub(super) fn username() -> impl Rule<Output = Username> {
    text_or_number().refine(|text| {
        Username::parse(&text).map_err(|invalid| match invalid {
            InvalidUsername::Empty => EMPTY,
            InvalidUsername::TooLong => Fault::TooLong(Username::MAX_CHARS),
            InvalidUsername::ControlCharacter => Fault::rule(invalid),
        })
    })
}

/// A mobile number.
pub(super) fn mobile() -> impl Rule<Output = MobileNumber> {
    text_or_number().check(|text| MobileNumber::parse(&text))
}

/// An address. A number is none.
pub(super) fn email() -> impl Rule<Output = EmailAddress> {
    string().min_length(1).refine(|text| EmailAddress::parse(&text).map_err(Fault::NotAnEmail))
}

/// A gender (decision 7).
pub(super) fn gender() -> impl Rule<Output = Gender> {
    const GENDERS: [(&str, Gender); 2] = [("Male", Gender::Man), ("Female", Gender::Woman)];
    string().min_length(1).refine(|text| {
        let known = GENDERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text));
        known
            .map(|(_, gender)| *gender)
            .ok_or_else(|| Fault::NotAmong(GENDERS.map(|(name, _)| name).to_vec()))
    })
}

/// Whether an account is active: true, false, 1 or 0. The fault of another value is part of the output, because only
/// callers who may decide the status are told of it.
pub(super) fn status() -> impl Rule<Output = Result<bool, Fault>> {
    Status
}

struct Status;

impl Rule for Status {
    type Output = Result<bool, Fault>;

    fn read(&self, given: Given<'_>, _: &mut Report<'_>) -> Option<Self::Output> {
        let number = if let Given::Json(value) = given { value.as_f64() } else { None };
        Some(match given {
            Given::Json(Value::Bool(status)) => Ok(*status),
            _ if number == Some(1.0) => Ok(true),
            _ if number == Some(0.0) => Ok(false),
            _ => Err(Fault::NotText),
        })
    }
}

/// A password as it was typed.
pub(super) fn password() -> impl Rule<Output = Password> {
    secret(string().min_length(1)).refine(|text| Ok(Password::new(text)))
}

/// A password that is to be set (decision 11).
pub(super) fn new_password() -> impl Rule<Output = NewPassword> {
    secret(string().min_length(1)).refine(|text| {
        if text.len() > LONGEST_PASSWORD {
            return Err(Fault::TooLong(LONGEST_PASSWORD));
        }
        PASSWORD.check(&text).map_err(|weakness| match weakness {
            WeakPassword::TooShort { min } => Fault::TooShort(min),
            other => Fault::rule(other),
        })
    })
}
