//! A contact as a row of our own table, which an import reads as the same contact.

use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{PhoneNumber, Text};

use crate::commands::formula::is_formula;

/// The names of the columns.
pub(in super::super) const HEADER: [&str; 7] =
    ["fullname", "email", "phone_number", "birthday", "additional", "avatar", "avatar_object"];

/// The cells, in the order of [`HEADER`]. What a spreadsheet would take for a formula, and what would be read as
/// something else, is a JSON array of one text.
pub(in super::super) fn row(ImportedContact { facts, avatar }: &ImportedContact) -> [String; 7] {
    let object = avatar.as_ref().and_then(|avatar| avatar.object);
    [
        text(Some(facts.fullname.as_str())),
        text(facts.email.as_ref().map(Text::as_str)),
        facts.phone_number.map(PhoneNumber::get).map_or_else(String::new, |number| plain(number.to_string())),
        facts.birthday.map_or_else(String::new, |date| date.to_string()),
        text(facts.additional.as_ref().map(Text::as_str)),
        text(avatar.as_ref().map(|avatar| avatar.url.as_str())),
        object.map_or_else(String::new, |key| key.to_string()),
    ]
}

/// A text. A cell without any is a field that was never filled in.
fn text(text: Option<&str>) -> String {
    match text {
        None => String::new(),
        Some(text) if text.is_empty() || text.trim() != text => array(text),
        Some(text) => plain(text.to_owned()),
    }
}

fn plain(text: String) -> String {
    if is_formula(&text) || text.starts_with('[') || text.contains(['\0', '\r']) {
        array(&text)
    } else {
        text
    }
}

fn array(text: &str) -> String {
    serde_json::json!([text]).to_string()
}
