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
pub struct Contact {
    /// Id; in order of creation.
    pub id: ContactId,
    /// Whose address book it is in.
    pub owner: AccountId,
    /// What is known of the person.
    pub facts: ContactFacts,
    /// The person's picture.
    pub avatar: Option<Avatar>,
}

/// A contact before the store gave it an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// Whose address book it goes into.
    pub owner: AccountId,
    /// What is known of the person.
    pub facts: ContactFacts,
    /// The person's picture.
    pub avatar: Option<Avatar>,
}

/// What its owner knows of a person. The address is free text, and two contacts may have one name.
///
/// What is `None` was never filled in, by a release that did not ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFacts {
    /// Name; at most 150 characters.
    pub fullname: Text<150>,
    /// E-mail address, unchecked; at most 200 characters.
    pub email: Option<Text<200>>,
    /// Phone number.
    pub phone_number: Option<PhoneNumber>,
    /// Day of birth.
    pub birthday: Option<Date>,
    /// Anything else; at most 500 characters.
    pub additional: Option<Text<500>>,
}

/// Where the picture of a contact is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Avatar {
    /// Its address, as shown; at most 500 characters.
    pub url: Text<500>,
    /// The object behind the address, if it was uploaded here: the one to remove with it. An address that
    /// a client wrote names no object, whatever it looks like.
    pub object: Option<ObjectKey>,
}
