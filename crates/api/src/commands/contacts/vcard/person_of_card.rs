//! The contact of a card: of vCard 2.1, 3.0 or 4.0, as Apple, Google, Nextcloud and phones write them.

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::super::person::{EntryFault, LeftBehind, Person, Reading, Settled, joined};
use super::card_of_contact::{is_web, plain_card};
use super::{EXACT, OBJECT};

/// Pictures within cards are counted under this name.
const PICTURES: &str = "PHOTO";

/// What a card says.
struct Read {
    settled: Settled,
    object: Option<ObjectKey>,
    exact: Option<String>,
    /// A group of cards, which is no person.
    is_group: bool,
}

/// The contact of a card; `None` of a group, which is left behind.
pub(in super::super) fn contact(text: &str, reading: Reading, behind: &mut LeftBehind) -> Option<Settled> {
    let Read { settled, object, exact, is_group } = read(text, reading, behind);
    if is_group {
        *behind.entry("groups".to_owned()).or_default() += 1;
        return None;
    }
    let Settled { contact, day_first } = settled;
    let contact = contact.map(|contact| with_object(contact, object));
    if let Some(exact) = exact.as_deref().and_then(exactly) {
        // Another program may have changed the card, and kept what it does not know.
        let is_unchanged = plain_card(&exact).is_ok_and(|card| plain(&card) == contact);
        if is_unchanged {
            return Some(Settled { contact: Ok(exact), day_first: None });
        }
    }
    Some(Settled { contact, day_first })
}

/// The contact of a card, by the properties that everybody knows.
pub(super) fn plain(text: &str) -> Result<ImportedContact, EntryFault> {
    let Read { settled, object, .. } = read(text, Reading::default(), &mut LeftBehind::new());
    settled.contact.map(|contact| with_object(contact, object))
}

fn with_object(mut contact: ImportedContact, object: Option<ObjectKey>) -> ImportedContact {
    if let Some(avatar) = &mut contact.avatar {
        avatar.object = object;
    }
    contact
}

fn read(text: &str, reading: Reading, behind: &mut LeftBehind) -> Read {
    let card = parsed(text);
    let mut card_read = CardRead::default();
    for entry in &card.entries {
        card_read.take(entry, behind);
    }
    let CardRead { mut person, mut emails, mut phones, parts, object, exact, is_group, fault } = card_read;
    emails.sort_by_key(|(rank, _)| *rank);
    phones.sort_by_key(|(rank, _)| *rank);
    person.emails = emails.into_iter().map(|(_, email)| email).collect();
    person.phones = phones.into_iter().map(|(_, phone)| phone).collect();
    if person.name.trim().is_empty() {
        person.name = parts;
    }
    let mut settled = person.settled(reading);
    if let Some(fault) = fault {
        settled.contact = Err(fault);
    }
    Read { settled, object, exact, is_group }
}

/// The properties of a card. Quoted-printable text that does not name its encoding is UTF-8, or else Latin-1.
fn parsed(text: &str) -> VCard {
    let parse = |text: &str| match Parser::new(text).entry() {
        Entry::VCard(card) => card,
        _ => VCard::default(),
    };
    let card = parse(&prepared(text, "UTF-8"));
    // What is not of the encoding is bytes to the parser.
    let is_misread = |entry: &VCardEntry| is_text(entry) && entry.values.iter().any(is_bytes);
    if card.entries.iter().any(is_misread) { parse(&prepared(text, "ISO-8859-1")) } else { card }
}

fn is_text(entry: &VCardEntry) -> bool {
    use VCardProperty::{Key, Logo, Photo, Sound};
    !matches!(entry.name, Photo | Logo | Sound | Key)
}

fn is_bytes(value: &VCardValue) -> bool {
    matches!(value, VCardValue::Binary(_))
}

/// The card with more parameters, for the parser: birthdays stay text, since its dates are not all that programs write,
/// and quoted-printable text says so as the parser expects it, with the encoding of its bytes.
fn prepared(text: &str, charset: &str) -> String {
    let mut prepared = String::with_capacity(text.len() + 64);
    let mut goes_on = false;
    for line in text.lines() {
        let is_new = !goes_on && !line.starts_with([' ', '\t']);
        let header = line.split(':').next().unwrap_or_default();
        let upper = header.to_ascii_uppercase();
        let is_quoted = is_new && line.contains(':') && upper.contains("QUOTED-PRINTABLE");
        // A line of quoted-printable text that ends in "=" goes on in the next one.
        goes_on = (goes_on || is_quoted) && line.ends_with('=');
        let property = upper.split(';').next().unwrap_or_default();
        let property = property.rsplit('.').next().unwrap_or_default();
        let rest = line.get(header.len()..).unwrap_or_default();
        if is_new && property == "BDAY" && !rest.is_empty() {
            let (name, parameters) = header.split_at(header.find(';').unwrap_or(header.len()));
            prepared.extend([name, ";VALUE=text", parameters, rest]);
        } else if is_quoted {
            let (parameter, encoding) = (";QUOTED-PRINTABLE", ";ENCODING=QUOTED-PRINTABLE");
            // Version 2.1 has parameters without names.
            match upper
                .find(parameter)
                .and_then(|place| header.get(..place).zip(header.get(place + parameter.len()..)))
            {
                Some((before, behind)) => prepared.extend([before, encoding, behind]),
                None => prepared.push_str(header),
            }
            if !upper.contains("CHARSET") {
                prepared.extend([";CHARSET=", charset]);
            }
            prepared.push_str(rest);
        } else {
            prepared.push_str(line);
        }
        prepared.push('\n');
    }
    prepared
}

/// What the properties of a card say, one after the other.
#[derive(Default)]
struct CardRead {
    person: Person,
    emails: Vec<(u32, String)>,
    phones: Vec<(u32, String)>,
    /// The name, of its parts.
    parts: String,
    object: Option<ObjectKey>,
    exact: Option<String>,
    is_group: bool,
    fault: Option<EntryFault>,
}

impl CardRead {
    fn take(&mut self, entry: &VCardEntry, behind: &mut LeftBehind) {
        let name = entry.name.as_str().to_ascii_uppercase();
        let text = || text_of(entry);
        match &entry.name {
            VCardProperty::Fn if self.person.name.trim().is_empty() => {
                self.person.name = self.readable(entry, "fullname");
            }
            VCardProperty::N => self.parts = self.name_of_parts(entry),
            VCardProperty::Org => {
                let organisation = entry.values.iter().map(value_text).collect::<Vec<_>>();
                self.person.organisation = joined(organisation.iter().map(String::as_str));
                count(behind, &name, &self.person.organisation);
            }
            VCardProperty::Email => {
                let email = self.readable(entry, "email");
                let email = email.strip_prefix("mailto:").unwrap_or(&email).to_owned();
                self.emails.push((rank(entry), email));
            }
            VCardProperty::Tel => {
                let phone = self.readable(entry, "phone_number");
                self.phones.push((rank(entry), phone));
            }
            VCardProperty::Bday => self.person.birthdays.push(birthday(entry)),
            VCardProperty::Note => {
                let note = self.readable(entry, "additional");
                self.person.notes.push(note);
            }
            VCardProperty::Photo => {
                let url = text();
                let is_new = is_web(&url) && url.len() <= 500 && self.person.picture.is_none();
                if is_new {
                    self.person.picture = Some(url);
                } else {
                    *behind.entry(PICTURES.to_owned()).or_default() += 1;
                }
            }
            VCardProperty::Kind => self.is_group = text().eq_ignore_ascii_case("group"),
            VCardProperty::Other(_) if name == "X-ADDRESSBOOKSERVER-KIND" => {
                self.is_group = text().eq_ignore_ascii_case("group");
            }
            VCardProperty::Other(_) if name == EXACT => self.exact = Some(text()),
            VCardProperty::Other(_) if name == OBJECT => {
                let key = ObjectKey::parse(&text()).ok();
                self.object = key.filter(|key| key.folder() == MediaFolder::Contacts);
            }
            property if says_nothing(property, &name) => {}
            _ => count(behind, &name, &text()),
        }
    }

    /// The text of a property that has a field.
    fn readable(&mut self, entry: &VCardEntry, field: &'static str) -> String {
        if entry.values.iter().any(is_bytes) {
            self.fault = Some(EntryFault::Encoding(field));
        }
        text_of(entry)
    }

    /// A name in the order of prefix, given, additional, family, suffix.
    fn name_of_parts(&mut self, entry: &VCardEntry) -> String {
        if entry.values.iter().any(is_bytes) {
            self.fault = Some(EntryFault::Encoding("fullname"));
        }
        let parts: Vec<String> = entry.values.iter().map(value_text).collect();
        let part = |place: usize| parts.get(place).map_or("", String::as_str);
        joined([3, 1, 2, 0, 4].map(part))
    }
}

/// Whether a property says nothing of the person.
fn says_nothing(property: &VCardProperty, name: &str) -> bool {
    matches!(
        property,
        VCardProperty::Begin
            | VCardProperty::End
            | VCardProperty::Version
            | VCardProperty::Prodid
            | VCardProperty::Rev
            | VCardProperty::Uid
            | VCardProperty::Fn
            | VCardProperty::Clientpidmap
            | VCardProperty::Source
    ) || matches!(name, "X-ABLABEL" | "X-ABUID" | "X-ABADR" | "X-ABSHOWAS" | "PROFILE" | "SORT-STRING")
}

fn count(behind: &mut LeftBehind, name: &str, text: &str) {
    if !text.chars().all(|letter| matches!(letter, ',' | ';') || letter.is_whitespace()) {
        *behind.entry(name.to_owned()).or_default() += 1;
    }
}

fn value_text(value: &VCardValue) -> String {
    match value {
        VCardValue::Component(texts) => joined(texts.iter().map(String::as_str)),
        VCardValue::Integer(number) => number.to_string(),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

/// The text of a property; of one with several values, these with commas.
fn text_of(entry: &VCardEntry) -> String {
    let values: Vec<String> = entry.values.iter().map(value_text).collect();
    values.join(",")
}

/// A birthday, without the year that Apple's programs say to omit.
fn birthday(entry: &VCardEntry) -> String {
    let text = text_of(entry);
    let omitted = entry.params.iter().find_map(|param| match &param.name {
        VCardParameterName::Other(name) if name.eq_ignore_ascii_case("X-APPLE-OMIT-YEAR") => {
            param.value.as_text().map(str::to_owned)
        }
        _ => None,
    });
    match omitted.and_then(|year| text.trim().strip_prefix(year.as_str()).map(str::to_owned)) {
        Some(rest) => format!("--{}", rest.trim_start_matches('-')),
        None => text,
    }
}

/// What is preferred has the least rank; a fax is called last.
fn rank(entry: &VCardEntry) -> u32 {
    let mut rank = 101;
    for param in &entry.params {
        let text = param.value.as_text().unwrap_or_default();
        match (&param.name, &param.value) {
            (VCardParameterName::Pref, VCardParameterValue::Integer(pref)) => rank = rank.min(*pref),
            (VCardParameterName::Pref, _) => rank = rank.min(1),
            (VCardParameterName::Type, _) if text.eq_ignore_ascii_case("pref") => rank = rank.min(1),
            (VCardParameterName::Other(name), _) if name.eq_ignore_ascii_case("pref") => rank = rank.min(1),
            _ => {}
        }
    }
    let calls_no_person = entry.params.iter().any(|param| {
        let text = param.value.as_text().unwrap_or_default();
        let name = match &param.name {
            VCardParameterName::Other(name) => name.as_str(),
            _ => "",
        };
        [text, name].iter().any(|text| ["fax", "pager"].iter().any(|kind| text.eq_ignore_ascii_case(kind)))
    });
    if calls_no_person { rank + 1_000 } else { rank }
}

/// Our own JSON.
#[derive(Deserialize)]
struct Exact {
    fullname: String,
    email: Option<String>,
    phone_number: Option<i64>,
    birthday: Option<String>,
    additional: Option<String>,
    avatar: Option<String>,
    avatar_object: Option<String>,
}

fn exactly(json: &str) -> Option<ImportedContact> {
    let exact: Exact = serde_json::from_str(json).ok()?;
    let date = |text: String| Date::parse(&text, format_description!("[year]-[month]-[day]")).ok();
    let object = exact.avatar_object.as_deref().map(ObjectKey::parse).transpose().ok()?;
    let object = object.filter(|key| key.folder() == MediaFolder::Contacts);
    let facts = ContactFacts {
        fullname: Text::parse(exact.fullname).ok()?,
        email: exact.email.map(Text::parse).transpose().ok()?,
        phone_number: exact.phone_number.map(PhoneNumber::new).transpose().ok()?,
        birthday: match exact.birthday {
            None => None,
            Some(text) => Some(date(text)?),
        },
        additional: exact.additional.map(Text::parse).transpose().ok()?,
    };
    let avatar = exact.avatar.map(Text::parse).transpose().ok()?;
    Some(ImportedContact { facts, avatar: avatar.map(|url| Avatar { url, object }) })
}
