//! An account with all that moves with it.

use super::super::{AccountDetails, Profile};
use super::ImportedContact;

/// An account with all that moves with it: its profile, its address book, and its place in the trash. Sessions, tokens,
/// the entries of its ledger and what was recorded of it stay behind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct WholeAccount {
    /// [`AccountDetails::updated_by`] is `None`, since accounts move one by one.
    pub details: AccountDetails,
    /// Why it lies in the trash. `Some` if and only if it lies there.
    pub trash_reason: Option<String>,
    pub profile: Profile,
    /// In the order of the address book.
    pub contacts: Vec<ImportedContact>,
}
