//! A person as a file tells of him, and the contact that is made of it.

use std::collections::BTreeMap;

use time::Date;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, InvalidText, PhoneNumber, Text};

use super::birthday::{self, Unread};
use super::phone;
use crate::commands::movies::DateOrder;

/// Why an entry of a file cannot be imported. What it says is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// Nothing says who it is.
    #[error("there is neither a name nor an address nor a number")]
    Nameless,
    /// A text is too long, or has a NUL character.
    #[error("{field}: {rule}")]
    Text {
        /// Which.
        field: &'static str,
        /// Why.
        rule: InvalidText,
    },
    /// Notes, and what found no other place, are too long.
    #[error("additional: the notes and what found no other place have more than {} characters", Text::<500>::MAX_CHARS)]
    TooMuch,
    /// A cell of our own form breaks a rule.
    #[error("{column}: {rule}")]
    Cell {
        /// Which.
        column: &'static str,
        /// The rule.
        rule: &'static str,
    },
    /// A row has another number of cells than the first line.
    #[error("it has {found} cells, and the first line {expected}")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the first line.
        expected: usize,
    },
    /// The card has no end.
    #[error("END:VCARD is missing")]
    Unended,
    /// No card.
    #[error("this belongs to no card")]
    OutsideOfCards,
    /// A card in which the text of a field cannot be read.
    #[error("{0}: the text is in an encoding that cannot be read")]
    Encoding(&'static str),
}

/// What was not taken over, and how often.
pub(super) type LeftBehind = BTreeMap<String, u64>;

/// A person as a file tells of him.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) name: String,
    /// What may stand for a name: an organisation.
    pub(super) organisation: String,
    /// The preferred one first.
    pub(super) emails: Vec<String>,
    /// The preferred one first.
    pub(super) phones: Vec<String>,
    pub(super) birthdays: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The URL of a picture.
    pub(super) picture: Option<String>,
}

/// How a file is read that is not of our own form.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    /// The order of slashed dates.
    pub(super) dates: Option<DateOrder>,
}

/// A contact, or why there is none, and whether a slashed date is in doubt.
pub(super) struct Settled {
    pub(super) contact: Result<ImportedContact, EntryFault>,
    /// A slashed date that is day-first where nobody says so.
    pub(super) day_first: Option<String>,
}

impl Person {
    /// The contact. The first address and the first number that fit have their own fields; whatever finds no place goes
    /// into the notes, a line each.
    pub(super) fn settled(self, reading: Reading) -> Settled {
        let mut day_first = None;
        let contact = self.contact(reading, &mut day_first);
        Settled { contact, day_first }
    }

    fn contact(
        self,
        reading: Reading,
        day_first: &mut Option<String>,
    ) -> Result<ImportedContact, EntryFault> {
        let Self { name, organisation, emails, phones, birthdays, notes, picture } = self;
        let mut more = Vec::new();
        let (mut email, mut number): (Option<Text<200>>, Option<PhoneNumber>) = (None, None);
        let mut birthday: Option<Date> = None;
        let first_of = |texts: &[String]| texts.iter().find(|text| !text.trim().is_empty()).cloned();
        let named = [Some(name), Some(organisation), first_of(&emails), first_of(&phones)];
        let fullname = named.into_iter().flatten().find(|name| !name.trim().is_empty());
        let fullname = fullname.ok_or(EntryFault::Nameless)?;

        for text in said(emails) {
            match Text::parse(text.as_str()) {
                Ok(fits) if email.is_none() => email = Some(fits),
                _ => more.push(format!("E-mail: {text}")),
            }
        }
        for text in said(phones) {
            match phone::read(&text) {
                Some(read) if number.is_none() => {
                    number = Some(read.number);
                    if !read.is_whole {
                        more.push(format!("Phone: {text}"));
                    }
                }
                _ => more.push(format!("Phone: {text}")),
            }
        }
        for text in said(birthdays) {
            match birthday::read(&text, reading.dates) {
                Ok(None) => {}
                Ok(date) if birthday.is_none() => birthday = date,
                Err(Unread::DayFirst) => *day_first = Some(text),
                Ok(_) | Err(Unread::OtherForm) => more.push(format!("Birthday: {text}")),
            }
        }
        let picture = picture.map(Text::parse).transpose().map_err(of_field("avatar"))?;
        Ok(ImportedContact {
            facts: ContactFacts {
                fullname: Text::parse(fullname).map_err(of_field("fullname"))?,
                email,
                phone_number: number,
                birthday,
                additional: additional(notes, more)?,
            },
            avatar: picture.map(Avatar::given),
        })
    }
}

/// Texts that say something, each once, without the blanks around them.
fn said(texts: Vec<String>) -> Vec<String> {
    let mut said: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts {
        let text = text.trim();
        if !text.is_empty() && said.iter().all(|other| other != text) {
            said.push(text.to_owned());
        }
    }
    said
}

/// The notes, exactly, and what found no other place behind them.
fn additional(notes: Vec<String>, more: Vec<String>) -> Result<Option<Text<500>>, EntryFault> {
    let mut lines: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
    lines.extend(more);
    if lines.is_empty() {
        return Ok(None);
    }
    Text::parse(lines.join("\n")).map(Some).map_err(|invalid| match invalid {
        InvalidText::TooLong { .. } => EntryFault::TooMuch,
        rule @ InvalidText::Nul => EntryFault::Text { field: "additional", rule },
    })
}

pub(super) fn of_field(field: &'static str) -> impl Fn(InvalidText) -> EntryFault {
    move |rule| EntryFault::Text { field, rule }
}

/// A name of its parts, those that say nothing left out.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn facts(person: Person) -> Result<ContactFacts, EntryFault> {
        person.settled(Reading::default()).contact.map(|contact| contact.facts)
    }

    #[test]
    fn what_finds_no_field_of_its_own_goes_into_the_notes() {
        let person = Person {
            name: "Ada".to_owned(),
            emails: texts(&["ada@example.com", " ada@example.com", "ada@example.org", ""]),
            phones: texts(&["1-800-FLOWERS", "+1 555 0100 ext. 5", "555 0101"]),
            birthdays: texts(&["circa 1815"]),
            notes: texts(&["met in London"]),
            ..Person::default()
        };
        let facts = facts(person).unwrap();
        assert_eq!(facts.email.unwrap().as_str(), "ada@example.com");
        assert_eq!(facts.phone_number.map(PhoneNumber::get), Some(15_550_100));
        assert_eq!(facts.birthday, None);
        assert_eq!(
            facts.additional.unwrap().as_str(),
            "met in London\nE-mail: ada@example.org\nPhone: 1-800-FLOWERS\nPhone: +1 555 0100 ext. 5\n\
             Phone: 555 0101\nBirthday: circa 1815"
        );
    }

    #[test]
    fn a_person_without_a_name_is_called_by_what_there_is() {
        let person = Person { organisation: "Analytical Engines".to_owned(), ..Person::default() };
        assert_eq!(facts(person).unwrap().fullname.as_str(), "Analytical Engines");
        let person = Person { emails: texts(&["ada@example.com"]), ..Person::default() };
        assert_eq!(facts(person).unwrap().fullname.as_str(), "ada@example.com");
        assert_eq!(facts(Person::default()), Err(EntryFault::Nameless));
    }

    #[test]
    fn what_is_too_long_is_never_cut() {
        let person = Person { name: "a".repeat(151), ..Person::default() };
        let said = facts(person).unwrap_err().to_string();
        assert_eq!(said, "fullname: a text has at most 150 characters");
        let long = || texts(&[&format!("{}@example.com", "a".repeat(200))]);
        let person = Person { name: "Ada".to_owned(), emails: long(), ..Person::default() };
        let facts_of = facts(person).unwrap();
        assert!(facts_of.email.is_none() && facts_of.additional.unwrap().as_str().starts_with("E-mail: aaa"));
        let notes = texts(&[&"n".repeat(400)]);
        let person = Person { name: "Ada".to_owned(), emails: long(), notes, ..Person::default() };
        assert_eq!(facts(person), Err(EntryFault::TooMuch));
    }
}
