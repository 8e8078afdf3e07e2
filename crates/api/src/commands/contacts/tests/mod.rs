//! Files of contacts, as programs write them, read.

mod apple;
mod google;
mod hostile;
mod old_cards;
mod outlook;
mod round_trip;

use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{PhoneNumber, Text};

use super::import::{Book, of_text};
use super::person::Reading;

/// The contacts of a text, of which none is bad.
fn book(text: &str) -> Book {
    let book = of_text(text, Reading::default()).unwrap();
    assert_eq!(book.bad, [], "{text}");
    book
}

/// What a contact says, on one line: name, address, number, birthday, notes, picture.
fn said(contact: &ImportedContact) -> String {
    let ImportedContact { facts, avatar } = contact;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    [
        facts.fullname.as_str().to_owned(),
        or_dash(facts.email.as_ref().map(|email| email.as_str().to_owned())),
        or_dash(facts.phone_number.map(PhoneNumber::get).map(|number| number.to_string())),
        or_dash(facts.birthday.map(|date| date.to_string())),
        or_dash(facts.additional.as_ref().map(Text::as_str).map(|text| text.replace('\n', " / "))),
        or_dash(avatar.as_ref().map(|avatar| avatar.url.as_str().to_owned())),
    ]
    .join(" | ")
}

/// What the contacts of a text say, a line each.
fn lines(text: &str) -> Vec<String> {
    book(text).contacts.iter().map(said).collect()
}
