//! The rules for the fields of a movie, shared by create and change (theater contract 2.8 and
//! decision 5).

use time::{Date, OffsetDateTime};
use vestibule_domain::catalogue::{Amount, CountryCode, MovieId, MovieStatus, Name, Score, title_case};

use crate::http::fastapi::{date, float};
use crate::http::fields::{Fault, Rule, choice, list, string};

const NAME_CHARS: usize = Name::MAX_CHARS;
/// 13 digits before the point.
const AMOUNT_BELOW: f64 = 1e13;
const STATUSES: &[(&str, MovieStatus)] = &[
    ("Released", MovieStatus::Released),
    ("Post Production", MovieStatus::PostProduction),
    ("In Production", MovieStatus::InProduction),
];

pub(super) fn name() -> impl Rule<Output = Name> {
    string().max_length(NAME_CHARS).without_nul().check(|text: String| Name::parse(text))
}

/// The year is at most the next one.
pub(super) fn release(now: OffsetDateTime) -> impl Rule<Output = Date> {
    let last_year = now.year() + 1;
    date().check(move |date: Date| {
        if date.year() > last_year {
            return Err(format!("The year in 'date' cannot be greater than {last_year}."));
        }
        Ok(date)
    })
}

pub(super) fn score() -> impl Rule<Output = Score> {
    float().ge(0.0).le(100.0).check(Score::new)
}

pub(super) fn overview() -> impl Rule<Output = String> {
    string().without_nul()
}

pub(super) fn status() -> impl Rule<Output = MovieStatus> {
    choice(STATUSES)
}

pub(super) fn budget() -> impl Rule<Output = Amount> {
    float().ge(0.0).lt(AMOUNT_BELOW).check(Amount::from_number)
}

pub(super) fn revenue() -> impl Rule<Output = f64> {
    float().ge(0.0)
}

pub(super) fn country() -> impl Rule<Output = CountryCode> {
    string().max_length(CountryCode::MAX_CHARS).without_nul().refine(|text: String| {
        // Upper-casing may lengthen.
        CountryCode::parse(&text).map_err(|_too_long| Fault::TooLong(CountryCode::MAX_CHARS))
    })
}

/// Each name in Python's title case. The length is checked again, because the change of case may lengthen a name.
pub(super) fn names() -> impl Rule<Output = Vec<Name>> {
    list(string().max_length(NAME_CHARS).without_nul().refine(|text: String| {
        Name::parse(title_case(&text)).map_err(|_too_long| Fault::TooLong(NAME_CHARS))
    }))
}

/// Turns an id that no store can hold into 0, the id of no movie (theater decision 5).
pub(super) fn movie_id(id: i128) -> MovieId {
    MovieId(i64::try_from(id).unwrap_or(0))
}
