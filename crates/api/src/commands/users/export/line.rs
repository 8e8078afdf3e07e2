//! An account as a line of our own form.

use serde_json::{Map, Value, json};
use vestibule_domain::accounts::import::{ImportedContact, WholeAccount};
use vestibule_domain::accounts::{AccountSurface, EmailAddress, Gender, MobileNumber, Username};
use vestibule_domain::contacts::{PhoneNumber, Text};

use crate::commands::users::set_role::word_of;
use crate::commands::users::text::at;

/// Every field, in one order. A field without a value is left out, but for `activated_at`: without it an import would
/// assume one.
pub(in crate::commands::users) fn line(account: &WholeAccount) -> String {
    Value::Object(fields(account)).to_string()
}

/// The same for the owner of the account, without the hash of the password.
pub(in crate::commands::users) fn fields_without_hash(account: &WholeAccount) -> Value {
    let mut fields = fields(account);
    fields.shift_remove("password_hash");
    Value::Object(fields)
}

fn fields(account: &WholeAccount) -> Map<String, Value> {
    let WholeAccount { details, trash_reason, profile, contacts } = account;
    let time = |time: Option<time::OffsetDateTime>| time.map(at);
    let hash = Some(details.hashed_password.as_str()).filter(|_| details.hashed_password.is_set());
    let mut fields = Map::new();
    let mut tell = |name: &str, value: Value| {
        if !value.is_null() || name == "activated_at" {
            fields.insert(name.to_owned(), value);
        }
    };
    tell("uuid", json!(details.uuid.0));
    tell("email", json!(details.email.as_ref().map(EmailAddress::as_str)));
    tell("username", json!(details.username.as_ref().map(Username::as_str)));
    tell("mobile", json!(details.mobile.as_ref().map(MobileNumber::as_str)));
    tell("display_name", json!(details.display_name));
    tell("phone_number", json!(details.phone_number));
    tell("password_hash", json!(hash));
    tell("role", json!(word_of(details.role)));
    tell("is_active", json!(details.is_active));
    tell("email_verified_at", json!(time(details.email_verified_at)));
    tell("activated_at", json!(time(details.activated_at)));
    tell("created_at", json!(at(details.created_at)));
    tell("updated_at", json!(at(details.updated_at)));
    tell("deleted_at", json!(time(details.deleted_at)));
    tell("trash_reason", json!(trash_reason));
    tell("points", json!(details.points));
    tell("surface", json!(details.surface.map(AccountSurface::as_str)));
    tell("gender", json!(profile.gender.map(word)));
    tell("avatar", json!(profile.picture.map(|key| key.to_string())));
    if !contacts.is_empty() {
        tell("contacts", contacts.iter().map(contact).collect());
    }
    fields
}

pub(super) fn word(gender: Gender) -> &'static str {
    match gender {
        Gender::Man => "man",
        Gender::Woman => "woman",
    }
}

fn contact(contact: &ImportedContact) -> Value {
    let ImportedContact { facts, avatar } = contact;
    let object = avatar.as_ref().and_then(|avatar| avatar.object);
    let mut fields = Map::new();
    let mut tell = |name: &str, value: Value| {
        if !value.is_null() {
            fields.insert(name.to_owned(), value);
        }
    };
    tell("fullname", json!(facts.fullname.as_str()));
    tell("email", json!(facts.email.as_ref().map(Text::as_str)));
    tell("phone_number", json!(facts.phone_number.map(PhoneNumber::get)));
    tell("birthday", json!(facts.birthday.map(|date| date.to_string())));
    tell("additional", json!(facts.additional.as_ref().map(Text::as_str)));
    tell("avatar", json!(avatar.as_ref().map(|avatar| avatar.url.as_str())));
    tell("avatar_object", json!(object.map(|key| key.to_string())));
    Value::Object(fields)
}
