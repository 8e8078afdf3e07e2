//! The record of a row.

use uuid::Uuid;

use super::{Build, Setup};
use crate::map::{Field, Fields};
use crate::notes::Notes;
use crate::row::{Joined, plain};
use crate::{BadRow, Gender, Place, Record, Role};

/// Makes the record of a row, and tells of its contacts that cannot be read.
pub(crate) fn record(
    setup: &Setup,
    row: Joined<'_>,
    place: &Place,
    notes: &mut Notes,
) -> Result<(Record, Vec<BadRow>), String> {
    let mut build = Build { row, setup, notes };
    let mut bad = Vec::new();
    let mut record = build.fields(&setup.map.fields)?;
    record.contacts = build.contacts(place, &mut bad);
    Ok((record, bad))
}

impl Build<'_> {
    fn fields(&mut self, map: &Fields) -> Result<Record, String> {
        let password = self.password(map.password.as_ref())?;
        Ok(Record {
            source_id: self.text("source_id", map.source_id.as_ref())?,
            uuid: self.uuid(map.uuid.as_ref())?,
            email: self.text("email", map.email.as_ref())?,
            username: self.text("username", map.username.as_ref())?,
            mobile: self.text("mobile", map.mobile.as_ref())?,
            spare: map.spare(),
            phone_number: self.text("phone_number", map.phone_number.as_ref())?,
            display_name: self.text("display_name", map.display_name.as_ref())?,
            role: self.role(map.role.as_ref())?,
            is_active: self.flag("is_active", map.is_active.as_ref())?,
            email_verified_at: self.time("email_verified_at", map.email_verified_at.as_ref())?,
            created_at: self.time("created_at", map.created_at.as_ref())?,
            updated_at: self.time("updated_at", map.updated_at.as_ref())?,
            deleted_at: self.time("deleted_at", map.deleted_at.as_ref())?,
            trash_reason: self.text("trash_reason", map.trash_reason.as_ref())?,
            points: self.integer("points", map.points.as_ref())?,
            gender: self.gender(map.gender.as_ref())?,
            avatar: self.text("avatar", map.avatar.as_ref())?,
            contacts: Vec::new(),
            password_hash: password.hash,
            hash_format: password.format,
            hash_extra: password.extra,
        })
    }

    /// The id by which clients know the account. One in another form is told of, because the account gets a new one.
    fn uuid(&mut self, field: Option<&Field>) -> Result<Option<Uuid>, String> {
        let Some(id) = self.text("uuid", field)? else { return Ok(None) };
        let uuid = Uuid::parse_str(&id).ok().filter(|uuid| !uuid.is_nil());
        if uuid.is_none() {
            self.notes.add("ids that are no UUIDs", 1, "are given anew");
        }
        Ok(uuid)
    }

    /// The role. Of several it is the one that may do most.
    fn role(&mut self, field: Option<&Field>) -> Result<Option<Role>, String> {
        let Some(Field(field)) = field else { return Ok(None) };
        let mut best = None;
        let mut values = self.values("role", field)?;
        if values.is_empty() {
            values.extend(field.otherwise.clone().filter(|_| field.constant.is_none()).map(Into::into));
        }
        for value in values {
            let text = plain(&value).ok_or("role is a list or an object and no text")?;
            let text = if Some(&text) == field.otherwise.as_ref() {
                Some(text)
            } else {
                self.word("role", field, text)?
            };
            let Some(text) = text else { continue };
            let role = match text.as_str() {
                "user" => Role::User,
                "moderator" => Role::Moderator,
                "admin" => Role::Admin,
                _ => return Err("role is none of user, moderator and admin".to_owned()),
            };
            best = best.max(Some(role));
        }
        Ok(best)
    }

    fn gender(&mut self, field: Option<&Field>) -> Result<Option<Gender>, String> {
        match self.text("gender", field)?.as_deref() {
            None => Ok(None),
            Some("man") => Ok(Some(Gender::Man)),
            Some("woman") => Ok(Some(Gender::Woman)),
            Some(_) => Err("gender is neither man nor woman".to_owned()),
        }
    }
}
