//! Contacts of an account in our own form.

use serde_json::{Map, Value};
use time::Date;
use time::macros::format_description;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::contacts::{Avatar, ContactFacts, InvalidText, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::fields::Fields;
use super::record::LeftBehind;
use super::row_fault::RowFault;

/// The address book of an account.
pub(super) fn list(fields: &mut Fields, behind: &mut LeftBehind) -> Result<Vec<ImportedContact>, RowFault> {
    match fields.value("contacts") {
        None => Ok(Vec::new()),
        Some(Value::Array(contacts)) => {
            let read = |(place, contact)| match contact {
                Value::Object(contact) => one(place, contact, behind),
                _ => Err(RowFault::field(format!("contacts[{place}]"), "this is not an object")),
            };
            contacts.into_iter().enumerate().map(read).collect()
        }
        Some(_) => Err(fields.fault("contacts", "this is not an array")),
    }
}

fn one(
    place: usize,
    contact: Map<String, Value>,
    behind: &mut LeftBehind,
) -> Result<ImportedContact, RowFault> {
    let mut fields = Fields::within(contact, format!("contacts[{place}]."));
    fields.value("source_id");
    let fullname = text(&mut fields, "fullname")?;
    let facts = ContactFacts {
        fullname: fullname.ok_or_else(|| fields.fault("fullname", "it is missing"))?,
        email: text(&mut fields, "email")?,
        phone_number: phone_number(&mut fields)?,
        birthday: fields.parsed("birthday", |text| {
            let date = Date::parse(text, format_description!("[year]-[month]-[day]"));
            date.map_err(|_malformed| "this is not a date of the form YYYY-MM-DD")
        })?,
        additional: text(&mut fields, "additional")?,
    };
    let avatar = avatar(&mut fields, behind)?;
    fields.left_over().for_each(|field| behind.is_unknown(format!("contacts.{field}")));
    Ok(ImportedContact { facts, avatar })
}

fn text<const MOST: usize>(fields: &mut Fields, name: &str) -> Result<Option<Text<MOST>>, RowFault> {
    let text = fields.text(name)?.map(Text::parse).transpose();
    text.map_err(|invalid: InvalidText| fields.fault(name, invalid))
}

/// A number, or a text with digits.
fn phone_number(fields: &mut Fields) -> Result<Option<PhoneNumber>, RowFault> {
    const FIELD: &str = "phone_number";
    let number = match fields.value(FIELD) {
        None => return Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(Value::String(text)) => {
            let digits: String = text
                .chars()
                .filter(|letter| !matches!(letter, ' ' | '+' | '.' | '-' | '(' | ')' | '/'))
                .collect();
            digits.parse::<i64>().ok().filter(|number| *number >= 0)
        }
        Some(value) => value.as_i64(),
    };
    let number = number.ok_or_else(|| fields.fault(FIELD, "this is not a number"))?;
    PhoneNumber::new(number).map(Some).map_err(|invalid| fields.fault(FIELD, invalid))
}

fn avatar(fields: &mut Fields, behind: &mut LeftBehind) -> Result<Option<Avatar>, RowFault> {
    let url: Option<Text<500>> = text(fields, "avatar")?;
    let object = match fields.text("avatar_object")?.as_deref().map(ObjectKey::parse) {
        Some(Ok(key)) if key.folder() == MediaFolder::Contacts => Some(key),
        Some(_) => {
            behind.is_lost(
                "avatar_object of a contact that is not the key of a picture that was uploaded here",
            );
            None
        }
        None => None,
    };
    Ok(url.map(|url| Avatar { url, object }))
}
