//! Exports of one table by the programs that people make them with: each is imported right, or refused by its
//! true reason. `tests/tables` makes them, and has some of them.

use std::path::{Path, PathBuf};

use serde_json::Value;
use vestibule_domain::catalogue::NewMovie;

use super::{texts, told_rows};
use crate::commands::movies::form::{DateOrder, Told};

/// All that there are, where this names their folder; otherwise those that are kept.
const FOLDER: &str = "VESTIBULE_TABLE_EXPORTS";

fn folder() -> PathBuf {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tables/exports");
    std::env::var_os(FOLDER).map_or(kept, PathBuf::from)
}

/// What a film is said to be, in the words of the table.
fn told(film: &Value) -> Vec<String> {
    let text = |key: &str| film[key].as_str().unwrap_or_default().to_owned();
    let country = if text("country").is_empty() { "UNK".to_owned() } else { text("country") };
    let cents = film["budget_x"].as_f64().unwrap_or_default() * 100.0;
    vec![
        text("names"),
        text("date_x"),
        film["score"].to_string(),
        text("genre"),
        text("overview"),
        text("crew"),
        text("status"),
        text("orig_lang"),
        format!("{cents:.0}"),
        format!("{:.2}", film["revenue"].as_f64().unwrap()),
        country,
    ]
}

/// What was made of it.
fn read(movie: &NewMovie) -> Vec<String> {
    let names = |names: &[_]| texts(names).join(", ");
    let facts = &movie.facts;
    vec![
        facts.name.as_str().to_owned(),
        facts.date.to_string(),
        format!("{:?}", facts.score.get()),
        names(&movie.genres),
        facts.overview.replace("\r\n", "\n"),
        names(&movie.actors),
        facts.status.as_str().to_owned(),
        names(&movie.languages),
        facts.budget.cents().to_string(),
        format!("{:.2}", facts.revenue),
        movie.country.as_str().to_owned(),
    ]
}

/// What is wrong with how an export was read, if anything.
fn wrong(case: &Value, films: &Value) -> Option<String> {
    let text = |key: &str| case[key].as_str();
    let bytes = std::fs::read(folder().join(text("file")?)).unwrap();
    let dates = text("dates").map(|order| if order == "dmy" { DateOrder::Dmy } else { DateOrder::Mdy });
    let told_of_it = Told { dates, encoding: text("told_encoding").map(|name| name.parse().unwrap()) };
    let outcome = text("outcome")?;
    let (form, rows) = match told_rows(&bytes, told_of_it) {
        Ok(read) => read,
        Err(error) if outcome != "films" && error.to_string().contains(outcome) => return None,
        Err(error) => return Some(format!("refused: {error}")),
    };
    let faults: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(ToString::to_string).collect();
    if outcome != "films" {
        let said = faults.iter().any(|fault| fault.contains(outcome));
        return (!said).then(|| format!("imported as {form}: {faults:?}"));
    }
    if let Some(first) = faults.first() {
        return Some(format!("bad rows: {first}"));
    }
    if (form.encoding.name(), form.separator) != (text("encoding")?, text("separator")?.as_bytes()[0]) {
        return Some(format!("read as {form}"));
    }
    let read: Vec<_> = rows.iter().filter_map(|row| row.as_ref().ok()).map(read).collect();
    let told: Vec<_> = films[text("films")?].as_array().unwrap().iter().map(told).collect();
    let other = told.iter().zip(&read).find(|(told, read)| told != read);
    match other {
        Some((told, read)) => Some(format!("{told:?}\n  was read as {read:?}")),
        None if told.len() != 20 || read.len() != 20 => Some(format!("{} films", read.len())),
        None => None,
    }
}

#[test]
fn exports_of_many_programs_are_imported_right_or_refused_by_their_true_reason() {
    let cases = std::fs::read(folder().join("cases.json")).unwrap();
    let cases: Value = serde_json::from_slice(&cases).unwrap();
    let every = cases["cases"].as_array().unwrap();
    assert!(every.len() >= 20);
    let wrong = every.iter().filter_map(|case| Some((case["file"].as_str()?, wrong(case, &cases["films"])?)));
    let wrong: Vec<_> = wrong.map(|(file, wrong)| format!("{file}: {wrong}")).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), every.len(), wrong.join("\n"));
}
