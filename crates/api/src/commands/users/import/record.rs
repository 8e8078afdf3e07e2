//! One account in our own form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use uuid::Uuid;
use vestibule_domain::accounts::import::{ImportedAccount, ImportedTrash};
use vestibule_domain::accounts::{AccountUuid, EmailAddress, Gender, MobileNumber, Profile, Role, Username};
use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::contact;
use super::fields::Fields;
use super::password::Passwords;
use super::row_fault::RowFault;

/// What rows say that is not taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftBehind {
    /// Fields that we do not know.
    pub unknown: BTreeSet<String>,
    /// What cannot be kept, and how often.
    pub lost: BTreeMap<Cow<'static, str>, u64>,
}

impl LeftBehind {
    /// So many unknown fields are named.
    const MOST_NAMED: usize = 100;

    pub(super) fn is_unknown(&mut self, field: String) {
        if self.unknown.len() < Self::MOST_NAMED {
            self.unknown.insert(field);
        }
    }

    pub(super) fn is_lost(&mut self, what: &'static str) {
        self.is_told(what, 1);
    }

    /// What a reader tells that it left behind, and how often.
    pub(super) fn is_told(&mut self, what: impl Into<Cow<'static, str>>, times: u64) {
        *self.lost.entry(what.into()).or_default() += times;
    }

    pub(super) fn extend(&mut self, more: Self) {
        for field in more.unknown {
            self.is_unknown(field);
        }
        for (what, times) in more.lost {
            *self.lost.entry(what).or_default() += times;
        }
    }
}

/// Reads a row; docs/migration.md has the fields.
pub(super) fn read(
    record: Map<String, Value>,
    passwords: &Passwords,
    behind: &mut LeftBehind,
) -> Result<ImportedAccount, RowFault> {
    let mut fields = Fields::of(record);
    // What the other system calls it says nothing here.
    fields.value("source_id");
    let account = account(&mut fields, passwords, behind)?;
    fields.left_over().for_each(|field| behind.is_unknown(field));
    if account.can_be_named() { Ok(account) } else { Err(RowFault::Nameless) }
}

fn account(
    fields: &mut Fields,
    passwords: &Passwords,
    behind: &mut LeftBehind,
) -> Result<ImportedAccount, RowFault> {
    let uuid =
        fields.parsed("uuid", |text| Uuid::parse_str(text).map_err(|_invalid| "this is not a UUID"))?;
    if uuid.is_some_and(|uuid| uuid.is_nil()) {
        return Err(fields.fault("uuid", "this UUID is nobody's"));
    }
    let is_active = fields.flag("is_active")?.unwrap_or(true);
    let knows_activation = fields.has("activated_at");
    let activated_at = fields.time("activated_at")?;
    let points = fields.number("points")?.unwrap_or_default();
    if points < 0 {
        return Err(fields.fault("points", "they cannot be negative"));
    }
    Ok(ImportedAccount {
        uuid: uuid.map(AccountUuid),
        email: fields.parsed("email", EmailAddress::parse)?,
        username: fields.parsed("username", Username::parse)?,
        mobile: fields.parsed("mobile", MobileNumber::parse)?,
        display_name: fields.short_text("display_name", 255)?,
        phone_number: fields.short_text("phone_number", 255)?,
        password: passwords.read(fields)?,
        role: fields
            .parsed("role", |text| text.parse().map_err(|_unknown| "it is user, moderator or admin"))?
            .unwrap_or(Role::User),
        is_active,
        email_verified_at: fields.time("email_verified_at")?,
        activated_at: knows_activation.then_some(activated_at),
        points,
        created_at: fields.time("created_at")?,
        updated_at: fields.time("updated_at")?,
        trash: trash(fields)?,
        profile: profile(fields, behind)?,
        contacts: contact::list(fields, behind)?,
    })
}

fn trash(fields: &mut Fields) -> Result<Option<ImportedTrash>, RowFault> {
    let (deleted_at, reason) = (fields.time("deleted_at")?, fields.short_text("trash_reason", 10_000)?);
    Ok(deleted_at.map(|deleted_at| ImportedTrash { deleted_at, reason: reason.unwrap_or_default() }))
}

fn profile(fields: &mut Fields, behind: &mut LeftBehind) -> Result<Profile, RowFault> {
    let gender = fields.parsed("gender", |text| match text {
        _ if text.eq_ignore_ascii_case("man") => Ok(Gender::Man),
        _ if text.eq_ignore_ascii_case("woman") => Ok(Gender::Woman),
        _ => Err("it is man or woman"),
    })?;
    let picture = match fields.text("avatar")? {
        Some(text) if !text.is_empty() => match ObjectKey::parse(&text) {
            Ok(key) if key.folder() == MediaFolder::Profiles => Some(key),
            _ => {
                behind
                    .is_lost("avatar of an account that is not the key of a picture that was uploaded here");
                None
            }
        },
        _ => None,
    };
    Ok(Profile { picture, gender })
}
