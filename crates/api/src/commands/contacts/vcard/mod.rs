//! Contacts as vCards.

mod card_of_contact;
mod cards;
mod person_of_card;

pub(in crate::commands) use card_of_contact::card;
pub(super) use cards::{Card, cards};
pub(super) use person_of_card::contact;

/// The property of a contact that no other properties tell exactly: a JSON object.
const EXACT: &str = "X-VESTIBULE-CONTACT";

/// The key of a picture that was uploaded here.
const OBJECT: &str = "X-VESTIBULE-AVATAR-OBJECT";
