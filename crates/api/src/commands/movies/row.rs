//! A row of a file: cleaning and checks.

use std::collections::HashSet;
use std::str::FromStr as _;

use csv::ByteRecord;
use vestibule_domain::catalogue::{
    Amount, CountryCode, MovieFacts, MovieStatus, Name, NewMovie, Score, UnknownStatus,
};

use super::cell::Cell;
use super::cell_rule::CellRule;
use super::columns::Columns;
use super::date::date;
use super::form::Form;
use super::number::{money, number};
use super::row_fault::RowFault;

/// What stands for a crew, a genre, a language or a country that is missing.
const UNKNOWN: &str = "Unknown";

/// The code of the unknown country (theater contract, decision 13).
const UNKNOWN_COUNTRY: &str = "UNK";

/// What rows are read by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// The form of the file.
    pub form: Form,
    /// The last year that a movie may be of.
    pub latest_year: i32,
}

/// Whether a row says nothing.
pub(super) fn is_blank(row: &ByteRecord) -> bool {
    let is_blank = |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty());
    row.iter().all(is_blank)
}

/// Makes a movie of a row (theater contract 4, "Seed data"; decision 11). Names keep their spelling.
///
/// The error is the first thing that is wrong with the row, or a date that is day-first: that says something of
/// the whole file.
pub(super) fn movie(row: &ByteRecord, columns: &Columns, rules: &Rules) -> Result<NewMovie, RowFault> {
    if row.len() != columns.width {
        return Err(RowFault::Width { found: row.len(), expected: columns.width });
    }
    let form = &rules.form;
    let cell = |name, place| Cell::of(row, name, place, form.encoding);
    let date = cell("date", columns.date).and_then(|cell| date(&cell, form.dates, rules.latest_year));
    if let Err(day_first @ RowFault::DayFirst { .. }) = date {
        return Err(day_first);
    }
    let (country, mut country_name) = country(&cell("country", columns.country)?)?;
    if let Some(place) = columns.country_name {
        country_name = named(&cell("country_name", place)?)?.or(country_name);
    }
    Ok(NewMovie {
        facts: MovieFacts {
            name: name(&cell("name", columns.name)?)?,
            date: date?,
            score: score(&cell("score", columns.score)?, form)?,
            overview: overview(&cell("overview", columns.overview)?)?,
            status: status(&cell("status", columns.status)?)?,
            budget: budget(&cell("budget", columns.budget)?, form)?,
            revenue: revenue(&cell("revenue", columns.revenue)?, form)?,
        },
        country,
        country_name,
        genres: genres(&cell("genre", columns.genre)?)?,
        actors: names(&cell("crew", columns.crew)?)?,
        languages: names(&cell("orig_lang", columns.language)?)?,
    })
}

fn name(cell: &Cell<'_>) -> Result<Name, RowFault> {
    let name = match cell.quoted() {
        Some(name) => name,
        None => cell.required()?.to_owned(),
    };
    Name::parse(name).map_err(|error| cell.fault(error))
}

fn score(cell: &Cell<'_>, form: &Form) -> Result<Score, RowFault> {
    cell.required()?;
    Score::new(number(cell, form)?).map_err(|error| cell.fault(error))
}

fn overview(cell: &Cell<'_>) -> Result<String, RowFault> {
    let overview = cell.quoted().unwrap_or_else(|| cell.text.to_owned());
    if overview.contains('\0') {
        return Err(cell.fault(CellRule::NulInOverview));
    }
    Ok(overview)
}

/// A missing status stays a fault: the contract's `Unknown` is none of the three that there are, and
/// none of those may be invented.
fn status(cell: &Cell<'_>) -> Result<MovieStatus, RowFault> {
    MovieStatus::from_str(cell.required()?).map_err(|error: UnknownStatus| cell.fault(error))
}

/// A missing budget is 0, as the published data has it for budgets that nobody knows.
fn budget(cell: &Cell<'_>, form: &Form) -> Result<Amount, RowFault> {
    if cell.is_blank() {
        return Amount::from_cents(0).map_err(|error| cell.fault(error));
    }
    Amount::from_number(money(cell, form)?).map_err(|error| cell.fault(error))
}

/// A missing revenue is 0, likewise.
fn revenue(cell: &Cell<'_>, form: &Form) -> Result<f64, RowFault> {
    if cell.is_blank() {
        return Ok(0.0);
    }
    let revenue = money(cell, form)?;
    if revenue.is_finite() && revenue >= 0.0 { Ok(revenue) } else { Err(cell.fault(CellRule::Revenue)) }
}

/// A cleaned file says `Unknown` where its source said nothing.
fn country(cell: &Cell<'_>) -> Result<(CountryCode, Option<String>), RowFault> {
    if let Some(code) = cell.quoted() {
        return Ok((CountryCode::parse(&code).map_err(|error| cell.fault(error))?, None));
    }
    let (code, name) = match cell.text.trim() {
        "" | UNKNOWN => (UNKNOWN_COUNTRY, Some(UNKNOWN.to_owned())),
        code => (code, None),
    };
    Ok((CountryCode::parse(code).map_err(|error| cell.fault(error))?, name))
}

/// The name of a country, for a catalogue that does not have the country yet. A blank cell says none.
fn named(cell: &Cell<'_>) -> Result<Option<String>, RowFault> {
    let name = match cell.quoted() {
        Some(name) => name,
        None if cell.is_blank() => return Ok(None),
        None => cell.text.trim().to_owned(),
    };
    // As other names are.
    let name = Name::parse(name).map_err(|error| cell.fault(error))?;
    Ok(Some(name.as_str().to_owned()))
}

/// The published data separates genres by a comma and a non-breaking blank.
fn genres(cell: &Cell<'_>) -> Result<Vec<Name>, RowFault> {
    if cell.text.contains('\u{a0}') && cell.array().is_none() {
        let text = cell.text.replace('\u{a0}', "");
        return names(&Cell { text: &text, ..*cell });
    }
    names(cell)
}

/// Splits at commas; blanks around an item go, those within it stay. Each name counts once, in the
/// order of its first appearance.
fn names(cell: &Cell<'_>) -> Result<Vec<Name>, RowFault> {
    if let Some(array) = cell.array() {
        let names =
            array.into_iter().map(|item| Name::parse(&*item).map_err(|error| cell.fault_at(&item, error)));
        return names.collect();
    }
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    for item in cell.text.split(',').map(str::trim) {
        if !item.is_empty() && seen.insert(item) {
            names.push(Name::parse(item).map_err(|error| cell.fault_at(item, error))?);
        }
    }
    if names.is_empty() {
        names.push(Name::parse(UNKNOWN).map_err(|error| cell.fault(error))?);
    }
    Ok(names)
}
