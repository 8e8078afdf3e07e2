//! One account in our own form.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use uuid::Uuid;
use vestibule_domain::accounts::import::{Identifier, Identity, ImportedAccount, ImportedTrash};
use vestibule_domain::accounts::{
    AccountSurface, AccountUuid, EmailAddress, Gender, InvalidEmail, MobileNumber, Profile, Role, Username,
};
use vestibule_domain::media::{MediaFolder, ObjectKey};

use super::contact;
use super::fields::Fields;
use super::password::Passwords;
use super::row_fault::RowFault;
use super::spare::Spare;

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

/// What a row says.
pub(super) struct Told {
    pub(super) account: ImportedAccount,
    /// What the account can do without.
    pub(super) spare: Spare,
    /// What it comes without, because it cannot be kept.
    pub(super) spared: Vec<(Identifier, RowFault)>,
}

/// Reads a row; docs/migration.md has the fields.
pub(super) fn read(
    record: Map<String, Value>,
    passwords: &Passwords,
    behind: &mut LeftBehind,
) -> Result<Told, RowFault> {
    let mut fields = Fields::of(record);
    // What the other system calls it says nothing here.
    fields.value("source_id");
    let spare = Spare::read(&mut fields)?;
    let mut names = Names { spare, spared: Vec::new() };
    let account = account(&mut fields, passwords, behind, &mut names)?;
    fields.left_over().for_each(|field| behind.is_unknown(field));
    let Names { spare, mut spared } = names;
    let is_firm = |identity: Identity| identity.kind != Identifier::Uuid && !spare.has(identity.kind);
    if !spared.is_empty() && !Identity::of(&account).any(is_firm) {
        return Err(spared.swap_remove(0).1);
    }
    if !account.can_be_named() {
        return Err(RowFault::Nameless);
    }
    let spare = spare.of(&account);
    Ok(Told { account, spare, spared })
}

/// The names of an account, while they are read.
struct Names {
    spare: Spare,
    spared: Vec<(Identifier, RowFault)>,
}

impl Names {
    /// What was read, or nothing where the account may come without it.
    fn read<T>(
        &mut self,
        identifier: Identifier,
        read: Result<Option<T>, RowFault>,
    ) -> Result<Option<T>, RowFault> {
        match read {
            Err(fault) if self.spare.has(identifier) => {
                self.spared.push((identifier, fault));
                Ok(None)
            }
            read => read,
        }
    }
}

/// An address as any surface takes it: the pattern of points lets addresses in that the others refuse.
fn address(text: &str) -> Result<EmailAddress, InvalidEmail> {
    EmailAddress::parse(text).or_else(|refused| EmailAddress::parse_plain(text).ok_or(refused))
}

fn account(
    fields: &mut Fields,
    passwords: &Passwords,
    behind: &mut LeftBehind,
    names: &mut Names,
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
    let email = names.read(Identifier::Email, fields.parsed("email", address))?;
    let comes_without = names.spared.iter().any(|(identifier, _)| *identifier == Identifier::Email);
    Ok(ImportedAccount {
        uuid: uuid.map(AccountUuid),
        email,
        username: names.read(Identifier::Username, fields.parsed("username", Username::parse))?,
        mobile: names.read(Identifier::Mobile, fields.parsed("mobile", MobileNumber::parse))?,
        display_name: fields.short_text("display_name", Fields::SHORT_TEXT)?,
        phone_number: fields.short_text("phone_number", Fields::SHORT_TEXT)?,
        password: passwords.read(fields)?,
        role: fields
            .parsed("role", |text| text.parse().map_err(|_unknown| "it is user, moderator or admin"))?
            .unwrap_or(Role::User),
        is_active,
        // It proved the address that it comes without.
        email_verified_at: fields.time("email_verified_at")?.filter(|_| !comes_without),
        activated_at: knows_activation.then_some(activated_at),
        points,
        surface: fields.parsed("surface", surface)?,
        created_at: fields.time("created_at")?,
        updated_at: fields.time("updated_at")?,
        trash: trash(fields)?,
        profile: profile(fields, behind)?,
        contacts: contact::list(fields, behind)?,
    })
}

fn surface(text: &str) -> Result<AccountSurface, String> {
    text.parse().map_err(|_unknown| {
        let known = AccountSurface::ALL.map(AccountSurface::as_str).join(", ");
        format!("it is one of {known}")
    })
}

fn trash(fields: &mut Fields) -> Result<Option<ImportedTrash>, RowFault> {
    let reason = fields.short_text("trash_reason", Fields::LONG_TEXT);
    let (deleted_at, reason) = (fields.time("deleted_at")?, reason?);
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
