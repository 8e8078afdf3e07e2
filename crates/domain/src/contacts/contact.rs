//! The contact.

use time::Date;

use super::{PhoneNumber, Text};
use crate::accounts::AccountId;
use crate::media::ObjectKey;

/// The id of a contact, given by the store at insertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactId(pub i64);

/// A person in the address book of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Contact {
    /// Ids ascend in order of creation.
    pub id: ContactId,
    /// Whose address book it is in.
    pub owner: AccountId,
    pub facts: ContactFacts,
    pub avatar: Option<Avatar>,
}

/// A contact before the store gave it an id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewContact {
    /// Whose address book it goes into.
    pub owner: AccountId,
    pub facts: ContactFacts,
    pub avatar: Option<Avatar>,
}

/// What the owner of the address book knows of a person. The e-mail address is free text, and two contacts may have
/// the same name.
///
/// A field that is `None` was never filled in, by a release that did not ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ContactFacts {
    /// Name; at most 150 characters.
    pub fullname: Text<150>,
    /// E-mail address, unchecked; at most 200 characters.
    pub email: Option<Text<200>>,
    pub phone_number: Option<PhoneNumber>,
    pub birthday: Option<Date>,
    /// Free text; at most 500 characters.
    pub additional: Option<Text<500>>,
}

/// Where the picture of a contact is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avatar {
    /// The URL that a client wrote, shown as it was given; at most 500 characters. Of a picture that was uploaded
    /// here it is the URL at that time. It is not shown any more, but former releases show it, which may run beside
    /// this one while a cluster is updated.
    pub url: Text<500>,
    /// The object, if the picture was uploaded here. Clients are shown its URL, which is built whenever it is shown,
    /// because the address of the server may change. The object is removed together with the picture. A URL that a
    /// client wrote names no object, whatever it looks like.
    pub object: Option<ObjectKey>,
}

impl Avatar {
    /// A picture elsewhere.
    pub fn given(url: Text<500>) -> Self {
        Self { url, object: None }
    }
}
