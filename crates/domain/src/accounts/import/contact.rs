//! A contact that moves with its owner.

use crate::contacts::{Avatar, ContactFacts};

/// A person in the address book of an account that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ImportedContact {
    pub facts: ContactFacts,
    /// A picture that was uploaded here is named by its object. The object itself does not move.
    pub avatar: Option<Avatar>,
}
