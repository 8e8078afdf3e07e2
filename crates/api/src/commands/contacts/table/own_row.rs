//! The contact of a row of our own table.

use time::Date;
use time::macros::format_description;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::super::birthday::{self, Unread};
use super::super::person::{EntryFault, Reading, Settled, of_field};
use super::super::phone;

/// The cells of a row, in the order of the columns of our own form; `None` where the file lacks the column.
pub(super) type OwnCells<'r> = [Option<&'r str>; 7];

/// The contact of a row.
pub(super) fn contact(cells: OwnCells<'_>, reading: Reading) -> Settled {
    let mut day_first = None;
    let contact = read(cells, reading, &mut day_first);
    Settled { contact, day_first }
}

fn read(
    cells: OwnCells<'_>,
    reading: Reading,
    day_first: &mut Option<String>,
) -> Result<ImportedContact, EntryFault> {
    let [fullname, email, phone_number, birthday, additional, avatar, object] = cells.map(text);
    let fullname = fullname.ok_or(EntryFault::Cell { column: "fullname", rule: "it is missing" })?;
    let facts = ContactFacts {
        fullname: Text::parse(fullname).map_err(of_field("fullname"))?,
        email: email.map(Text::parse).transpose().map_err(of_field("email"))?,
        phone_number: phone_number.map(|text| number(&text)).transpose()?,
        birthday: match birthday {
            None => None,
            Some(text) => date(&text, reading, day_first)?,
        },
        additional: additional.map(Text::parse).transpose().map_err(of_field("additional"))?,
    };
    let rule = "this is not the key of a picture that was uploaded here";
    let no_key = EntryFault::Cell { column: "avatar_object", rule };
    let object = object.map(|text| ObjectKey::parse(&text)).transpose().map_err(|_no_key| no_key.clone())?;
    if object.is_some_and(|key| key.folder() != MediaFolder::Contacts) {
        return Err(no_key);
    }
    let avatar = avatar.map(Text::parse).transpose().map_err(of_field("avatar"))?;
    Ok(ImportedContact { facts, avatar: avatar.map(|url| Avatar { url, object }) })
}

/// What a cell says, exactly; `None` if nothing.
fn text(cell: Option<&str>) -> Option<String> {
    let cell = cell.filter(|cell| !cell.is_empty())?;
    if cell.starts_with('[')
        && let Ok([text]) = serde_json::from_str::<[String; 1]>(cell)
    {
        return Some(text);
    }
    Some(cell.to_owned())
}

fn number(text: &str) -> Result<PhoneNumber, EntryFault> {
    let exact = text.parse().ok().and_then(|number| PhoneNumber::new(number).ok());
    let read = exact.or_else(|| phone::read(text).filter(|read| read.is_whole).map(|read| read.number));
    read.ok_or(EntryFault::Cell { column: "phone_number", rule: "this is not a number of at most 15 digits" })
}

fn date(text: &str, reading: Reading, day_first: &mut Option<String>) -> Result<Option<Date>, EntryFault> {
    if let Ok(date) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
        return Ok(Some(date));
    }
    // A spreadsheet may have written it otherwise.
    birthday::read(text, reading.dates).or_else(|unread| match unread {
        Unread::DayFirst => {
            *day_first = Some(text.to_owned());
            Ok(None)
        }
        Unread::OtherForm => {
            Err(EntryFault::Cell { column: "birthday", rule: "this is not a date of the form YYYY-MM-DD" })
        }
    })
}
