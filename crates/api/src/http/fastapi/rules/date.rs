use serde_json::Value;
use time::{Date, Time};

use super::moment::{Moment, from_text, from_unix_time};
use crate::http::fields::{Fault, Given, Report, Rule};

/// A day: `2025-01-31`, or a moment that falls exactly on midnight, written as a datetime (with `T`, `_` or a
/// blank, with or without an offset) or as unix time in seconds or milliseconds.
pub fn date() -> impl Rule<Output = Date> {
    DateRule
}

struct DateRule;

impl Rule for DateRule {
    type Output = Date;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<Date> {
        judge(given).map_err(|fault| report.refuse(given, fault)).ok()
    }
}

fn judge(given: Given<'_>) -> Result<Date, Fault> {
    let moment = match (given.as_text(), given) {
        (Some(text), _) => from_text(text),
        (None, Given::Json(Value::Number(number))) => from_unix_time(number.as_f64().ok_or(Fault::NotADate)?),
        (None, _) => return Err(Fault::NotADate),
    };
    let Moment { date, time } = moment.map_err(Fault::UnreadableDate)?;
    if time != Time::MIDNIGHT {
        return Err(Fault::NotMidnight);
    }
    if date.year() == 0 {
        return Err(Fault::ImpossibleDate("year 0 is out of range"));
    }
    Ok(date)
}
