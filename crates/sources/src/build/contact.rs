//! The contacts of an account.

use serde_json::Value;

use super::Build;
use crate::map::Contacts;
use crate::row::Joined;
use crate::{BadRow, ContactRecord, Place};

impl Build<'_> {
    /// The contacts of the row. One that cannot be read is left out and told of as a bad row.
    pub(super) fn contacts(&mut self, place: &Place, bad: &mut Vec<BadRow>) -> Vec<ContactRecord> {
        let setup = self.setup;
        let Some(contacts) = &setup.map.contacts else { return Vec::new() };
        let Some((_, rows)) = self.row.joins.iter().find(|(name, _)| *name == contacts.join) else {
            return Vec::new();
        };
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            match self.contact(contacts, row) {
                Ok(contact) => made.push(contact),
                Err(reason) => {
                    let reason = format!("a contact of this account: {reason}");
                    bad.push(BadRow::new(place.clone(), reason));
                }
            }
        }
        made.sort_by_key(|contact| contact.source_id.as_deref().and_then(|id| id.parse::<i64>().ok()));
        made
    }

    fn contact(&mut self, map: &Contacts, values: &Value) -> Result<ContactRecord, String> {
        let row = Joined { values, joins: &[] };
        let mut build = Build { row, setup: self.setup, notes: self.notes };
        Ok(ContactRecord {
            source_id: build.text("contacts.source_id", map.source_id.as_ref())?,
            fullname: build.text("contacts.fullname", map.fullname.as_ref())?,
            email: build.text("contacts.email", map.email.as_ref())?,
            phone_number: build.integer("contacts.phone_number", map.phone_number.as_ref())?,
            birthday: build.date("contacts.birthday", map.birthday.as_ref())?,
            additional: build.text("contacts.additional", map.additional.as_ref())?,
            avatar: build.text("contacts.avatar", map.avatar.as_ref())?,
        })
    }
}
