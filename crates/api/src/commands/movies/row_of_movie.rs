//! A movie as a row of an export, which an import reads as the same movie.

use std::fmt::Write as _;

use vestibule_domain::catalogue::{MovieDetail, NamedId};

use crate::commands::formula::is_formula;

/// The names of the columns: the second published form, without the original title, which is not stored, and with the
/// name of the country.
pub(super) const HEADER: [&str; 12] = [
    "name",
    "date",
    "score",
    "genre",
    "overview",
    "crew",
    "status",
    "orig_lang",
    "budget",
    "revenue",
    "country",
    "country_name",
];

/// The cells, in the order of [`HEADER`].
pub(super) fn row(movie: &MovieDetail) -> [String; 12] {
    let facts = &movie.facts;
    [
        text(facts.name.as_str()),
        facts.date.to_string(),
        facts.score.get().to_string(),
        names(&movie.genres),
        overview(&facts.overview),
        names(&movie.actors),
        facts.status.as_str().to_owned(),
        names(&movie.languages),
        facts.budget.to_number().to_string(),
        facts.revenue.to_string(),
        code(movie.country.code.as_str()),
        movie.country.name.as_deref().map(text).unwrap_or_default(),
    ]
}

/// A cell that is read without the blanks around it, and that must say something.
fn text(text: &str) -> String {
    if text.is_empty() || text.trim() != text { quoted(text) } else { overview(text) }
}

/// A cell that is read as it is. In files with backslashes an import may suspect another way of quoting.
fn overview(text: &str) -> String {
    let is_plain = !is_formula(text) && !text.trim_start().starts_with('[') && !text.contains('\\');
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// `UNK` has a name that goes without saying.
fn code(code: &str) -> String {
    if code == "UNK" { quoted(code) } else { text(code) }
}

/// Names that are separated by commas, if they read back, in the order of their texts: ids are given anew by an import.
fn names(names: &[NamedId]) -> String {
    let is_plain =
        |name: &str| !name.is_empty() && name.trim() == name && !name.contains([',', '\u{a0}', '\\']);
    let mut texts: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    texts.sort_unstable();
    let joined = texts.join(",");
    let is_plain = !texts.is_empty() && texts.iter().all(|name| is_plain(name));
    if is_plain && !is_formula(&joined) && !joined.starts_with('[') { joined } else { array(&texts) }
}

fn quoted(text: &str) -> String {
    array(&[text])
}

/// A JSON array, which begins as no formula does. No backslash in it stands before a quotation mark.
fn array(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| json(text)).collect();
    format!("[{}]", texts.join(","))
}

/// A text in JSON (RFC 8259, section 7).
fn json(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '\0'..='\u{1f}' => {
                let _never_fails = write!(json, "\\u{:04x}", u32::from(letter));
            }
            letter => json.push(letter),
        }
    }
    json.push('"');
    json
}
