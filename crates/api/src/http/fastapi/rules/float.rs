use std::cmp::Ordering;

use serde_json::Value;

use crate::http::fields::{Fault, Given, Report, Rule};

/// A finite number; also `true` and text such as `" 1_000.5e3 "`.
pub fn float() -> FloatRule {
    FloatRule::default()
}

/// See [`float`].
#[derive(Debug, Default)]
pub struct FloatRule {
    ge: Option<f64>,
    gt: Option<f64>,
    le: Option<f64>,
    lt: Option<f64>,
}

impl FloatRule {
    /// At least this.
    #[must_use]
    pub fn ge(self, bound: f64) -> Self {
        Self { ge: Some(bound), ..self }
    }

    /// More than this.
    #[must_use]
    pub fn gt(self, bound: f64) -> Self {
        Self { gt: Some(bound), ..self }
    }

    /// At most this.
    #[must_use]
    pub fn le(self, bound: f64) -> Self {
        Self { le: Some(bound), ..self }
    }

    /// Less than this.
    #[must_use]
    pub fn lt(self, bound: f64) -> Self {
        Self { lt: Some(bound), ..self }
    }

    /// pydantic's order: `le`, `lt`, `ge`, `gt`. NaN is within no bound.
    fn within(&self, value: f64) -> Result<f64, Fault> {
        let compared = |bound: &f64| value.partial_cmp(bound);
        if let Some(bound) = self.le.filter(|bound| !compared(bound).is_some_and(Ordering::is_le)) {
            return Err(Fault::Above(bound.into()));
        }
        if let Some(bound) = self.lt.filter(|bound| !compared(bound).is_some_and(Ordering::is_lt)) {
            return Err(Fault::NotBelow(bound.into()));
        }
        if let Some(bound) = self.ge.filter(|bound| !compared(bound).is_some_and(Ordering::is_ge)) {
            return Err(Fault::Below(bound.into()));
        }
        if let Some(bound) = self.gt.filter(|bound| !compared(bound).is_some_and(Ordering::is_gt)) {
            return Err(Fault::NotAbove(bound.into()));
        }
        // Infinity and NaN have no JSON form: what is stored could never be answered.
        if value.is_finite() { Ok(value) } else { Err(Fault::NotFinite) }
    }
}

impl Rule for FloatRule {
    type Output = f64;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<f64> {
        judge(given).and_then(|value| self.within(value)).map_err(|fault| report.refuse(given, fault)).ok()
    }
}

fn judge(given: Given<'_>) -> Result<f64, Fault> {
    match given.as_text() {
        Some(text) => from_text(text).ok_or(Fault::UnreadableNumber),
        None => from_json(given).ok_or(Fault::NotANumber),
    }
}

fn from_json(given: Given<'_>) -> Option<f64> {
    match given {
        Given::Json(Value::Bool(value)) => Some(f64::from(u8::from(*value))),
        Given::Json(Value::Number(number)) => number.as_f64(),
        _ => None,
    }
}

/// Rust and pydantic read the same texts, but for single underscores; those only without blanks around.
fn from_text(text: &str) -> Option<f64> {
    if let Ok(value) = text.trim().parse() {
        return Some(value);
    }
    if text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return None;
    }
    text.replace('_', "").parse().ok()
}
