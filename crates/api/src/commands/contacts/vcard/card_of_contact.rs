//! A contact as a vCard 4.0 (RFC 6350).

use std::fmt;

use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue, VCardVersion};
use serde_json::json;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{PhoneNumber, Text};

use super::super::birthday::NO_YEAR;
use super::person_of_card::plain;
use super::{EXACT, OBJECT};

/// The card of a contact. What an import would not read of its properties as the same contact, such as a negative number
/// or an empty address, it tells exactly in a property of ours besides.
pub(in crate::commands) fn card(contact: &ImportedContact) -> Result<String, fmt::Error> {
    let mut card = VCard { entries: entries(contact) };
    let text = written(&card)?;
    if plain(&text).as_ref() == Ok(contact) {
        return Ok(text);
    }
    card.entries.push(property(VCardProperty::Other(EXACT.to_owned()), exact(contact)));
    written(&card)
}

/// The same without the property that tells it exactly.
pub(super) fn plain_card(contact: &ImportedContact) -> Result<String, fmt::Error> {
    written(&VCard { entries: entries(contact) })
}

fn written(card: &VCard) -> Result<String, fmt::Error> {
    let mut text = String::new();
    card.write_to(&mut text, VCardVersion::V4_0)?;
    Ok(text)
}

fn property(name: VCardProperty, value: String) -> VCardEntry {
    VCardEntry::new(name).with_value(VCardValue::Text(value))
}

fn entries(ImportedContact { facts, avatar }: &ImportedContact) -> Vec<VCardEntry> {
    let mut entries = vec![property(VCardProperty::Fn, facts.fullname.as_str().to_owned())];
    let mut tell = |name, value: Option<String>| entries.extend(value.map(|value| property(name, value)));
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    tell(VCardProperty::Email, facts.email.as_ref().and_then(|email| text(email.as_str())));
    tell(VCardProperty::Tel, facts.phone_number.map(|number| number.get().to_string()));
    let birthday = facts.birthday.map(|date| {
        let (month, day) = (u8::from(date.month()), date.day());
        // A year that nobody told is left out again.
        if date.year() == NO_YEAR {
            format!("--{month:02}{day:02}")
        } else {
            format!("{:04}{month:02}{day:02}", date.year())
        }
    });
    tell(VCardProperty::Bday, birthday);
    tell(VCardProperty::Note, facts.additional.as_ref().and_then(|note| text(note.as_str())));
    if let Some(avatar) = avatar {
        let url = avatar.url.as_str();
        tell(VCardProperty::Photo, is_web(url).then(|| url.to_owned()));
        tell(VCardProperty::Other(OBJECT.to_owned()), avatar.object.map(|key| key.to_string()));
    }
    entries
}

/// Whether a text is the address of a picture on the web.
pub(super) fn is_web(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.contains(char::is_whitespace)
        && !url.contains(char::is_control)
}

/// The contact as a JSON object, in which an empty text is another one than none.
fn exact(ImportedContact { facts, avatar }: &ImportedContact) -> String {
    json!({
        "fullname": facts.fullname.as_str(),
        "email": facts.email.as_ref().map(Text::as_str),
        "phone_number": facts.phone_number.map(PhoneNumber::get),
        "birthday": facts.birthday.map(|date| date.to_string()),
        "additional": facts.additional.as_ref().map(Text::as_str),
        "avatar": avatar.as_ref().map(|avatar| avatar.url.as_str()),
        "avatar_object": avatar.as_ref().and_then(|avatar| avatar.object).map(|key| key.to_string()),
    })
    .to_string()
}
