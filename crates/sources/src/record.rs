//! Vestibule's own import form.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;

/// A person as `vestibule users import` takes them: one JSON object a line. Every part may be missing. Texts stand as
/// the other system has them, because the importer checks them; only blanks at the ends of addresses are taken off.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// The id in the system that the account comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The UUID by which clients know the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<Uuid>,
    /// The e-mail address, in the letter case in which it was stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The name that identifies, in the letter case in which it was stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The mobile number that identifies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// Those of `email`, `username` and `mobile` that people do not log in with: the account moves in without one that
    /// cannot be kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spare: Vec<String>,
    /// A phone number as free text, which does not identify.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// A name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// What the account may do. `None` leaves it to the importer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether the account may sign in. `None` leaves it to the importer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// When the owner proved to receive mail at the address, or the nearest time that is known.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub email_verified_at: Option<OffsetDateTime>,
    /// When the account was made, in UTC.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub created_at: Option<OffsetDateTime>,
    /// When the account was changed last, in UTC.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<OffsetDateTime>,
    /// Since when the account lies in the trash, in UTC.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<OffsetDateTime>,
    /// Why the account was put into the trash; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trash_reason: Option<String>,
    /// The balance of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// The gender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Where the picture is: an address, or the name of a file in the other system's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The address book of the account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactRecord>,
    /// The password's hash: a text, or an object where the other system keeps one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<Value>,
    /// The name of the hash's format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash_format: Option<String>,
    /// What is needed to check the hash and is not in it: salts, keys, costs.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub hash_extra: Map<String, Value>,
}

/// A person in somebody's address book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactRecord {
    /// The id in the system that the contact comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fullname: Option<String>,
    /// The e-mail address, unchecked; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The phone number. It is an integer in the contract, so leading zeros are gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<i64>,
    /// The birthday, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<String>,
    /// Free text; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional: Option<String>,
    /// The address of the picture: any text, may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
}

/// What an account may do, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Role {
    User,
    Moderator,
    Admin,
}

/// A gender, as the store knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Man,
    Woman,
}
