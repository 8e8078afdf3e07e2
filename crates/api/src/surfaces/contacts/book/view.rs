//! A contact as it is shown (contacts contract 1.3).

use serde::Serialize;
use utoipa::ToSchema;
use vestibule_domain::contacts::{Contact, PhoneNumber};

/// A contact. What was never filled in is `null`.
#[derive(Serialize, ToSchema)]
#[schema(as = Contact)]
pub(in crate::surfaces::contacts) struct ContactView {
    /// Name.
    #[schema(example = "Grace Hopper")]
    fullname: String,
    /// Address, as it was written.
    #[schema(example = "grace@example.com")]
    email: Option<String>,
    /// Phone number.
    #[schema(minimum = -999_999_999_999_999_i64, maximum = 999_999_999_999_999_i64, example = 380_501_234_567_i64)]
    phone_number: Option<i64>,
    /// Day of birth.
    #[schema(format = Date, example = "1906-12-09")]
    birthday: Option<String>,
    /// Anything else.
    #[schema(example = "Compilers")]
    additional: Option<String>,
    /// The id of the owner.
    #[schema(example = 1)]
    user_id: i64,
    /// Address of a picture.
    #[schema(example = "https://example.com/grace.png")]
    avatar: Option<String>,
    /// The id of the contact.
    #[schema(example = 1)]
    id: i64,
}

impl From<Contact> for ContactView {
    fn from(contact: Contact) -> Self {
        let Contact { id, owner, facts, avatar } = contact;
        Self {
            fullname: facts.fullname.into(),
            email: facts.email.map(String::from),
            phone_number: facts.phone_number.map(PhoneNumber::get),
            birthday: facts.birthday.map(|birthday| birthday.to_string()),
            additional: facts.additional.map(String::from),
            user_id: owner.0,
            avatar: avatar.map(|avatar| avatar.url.into()),
            id: id.0,
        }
    }
}

impl ContactView {
    pub(super) fn list(contacts: Vec<Contact>) -> Vec<Self> {
        contacts.into_iter().map(Self::from).collect()
    }
}
