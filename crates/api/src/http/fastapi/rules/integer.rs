use serde_json::{Number, Value};

use crate::http::fields::{Fault, Given, Report, Rule};

/// pydantic reads no longer number, sign included.
const MOST_CHARS: usize = 4300;

/// A whole number. Text may have any size: beyond the range of `i128` it becomes the end of that range, so
/// that `i64::try_from` tells what does not fit. JSON numbers have 64 bits at most. Also accepted: `5.0`,
/// `true`, and text such as ` +1_000 ` or `5.0`.
pub fn integer() -> IntegerRule {
    IntegerRule::default()
}

/// See [`integer`].
#[derive(Debug, Default)]
pub struct IntegerRule {
    ge: Option<i64>,
    gt: Option<i64>,
    le: Option<i64>,
    lt: Option<i64>,
}

impl IntegerRule {
    /// At least this.
    #[must_use]
    pub fn ge(self, bound: i64) -> Self {
        Self { ge: Some(bound), ..self }
    }

    /// More than this.
    #[must_use]
    pub fn gt(self, bound: i64) -> Self {
        Self { gt: Some(bound), ..self }
    }

    /// At most this.
    #[must_use]
    pub fn le(self, bound: i64) -> Self {
        Self { le: Some(bound), ..self }
    }

    /// Less than this.
    #[must_use]
    pub fn lt(self, bound: i64) -> Self {
        Self { lt: Some(bound), ..self }
    }

    /// pydantic's order: `le`, `lt`, `ge`, `gt`.
    fn within(&self, value: i128) -> Result<i128, Fault> {
        if let Some(bound) = self.le.filter(|bound| value > i128::from(*bound)) {
            return Err(Fault::Above(bound.into()));
        }
        if let Some(bound) = self.lt.filter(|bound| value >= i128::from(*bound)) {
            return Err(Fault::NotBelow(bound.into()));
        }
        if let Some(bound) = self.ge.filter(|bound| value < i128::from(*bound)) {
            return Err(Fault::Below(bound.into()));
        }
        if let Some(bound) = self.gt.filter(|bound| value <= i128::from(*bound)) {
            return Err(Fault::NotAbove(bound.into()));
        }
        Ok(value)
    }
}

impl Rule for IntegerRule {
    type Output = i128;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<i128> {
        judge(given).and_then(|value| self.within(value)).map_err(|fault| report.refuse(given, fault)).ok()
    }
}

fn judge(given: Given<'_>) -> Result<i128, Fault> {
    if let Some(text) = given.as_text() {
        return from_text(text);
    }
    match given {
        Given::Json(Value::Bool(value)) => Ok(i128::from(*value)),
        Given::Json(Value::Number(number)) => from_number(number),
        _ => Err(Fault::NotAnInteger),
    }
}

fn from_number(number: &Number) -> Result<i128, Fault> {
    if let Some(value) = number.as_i128() {
        return Ok(value);
    }
    let value = number.as_f64().ok_or(Fault::NotAnInteger)?;
    if value.fract() != 0.0 {
        return Err(Fault::Fraction);
    }
    // A whole number of more than 64 bits has become a float when the body was read.
    if value.abs() >= 9_223_372_036_854_775_808.0 {
        return Err(Fault::HugeInteger);
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number, and just found to be within range")]
    Ok(value as i128)
}

/// The whole number that a text of a path, a query or a form is taken for.
pub(in crate::http::fastapi) fn lax_integer(text: &str) -> Option<i128> {
    from_text(text).ok()
}

fn from_text(text: &str) -> Result<i128, Fault> {
    let (sign, magnitude) = plain(text.trim()).ok_or(Fault::UnreadableInteger)?;
    let digits = magnitude.replace('_', "");
    let number = format!("{sign}{}", digits.trim_start_matches('0'));
    if number.len() > MOST_CHARS {
        return Err(Fault::HugeInteger);
    }
    // Digits only, so there are none after all, or too many.
    let end = if sign.is_empty() { i128::MAX } else { i128::MIN };
    Ok(if number == sign { 0 } else { number.parse().unwrap_or(end) })
}

/// The minus sign and the digits, with single underscores between them; pydantic forgives a plus sign and
/// zeros after the point.
fn plain(text: &str) -> Option<(&str, &str)> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, zeros) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_zero = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
    let is_grouped = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    (is_zero && whole.split('_').all(is_grouped)).then_some((sign, whole))
}
