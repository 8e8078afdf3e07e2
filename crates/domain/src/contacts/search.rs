//! Searching by a part of a name or an address.

use crate::spelling::{fold, normal_form};

/// A search for the text as a part of the name or the address. Matches are preferred in this order (contacts
/// contract, decision 4):
///
/// 1. names before addresses,
/// 2. the exact spelling before another letter case,
/// 3. the least id.
///
/// `%` and `_` are ordinary characters. Texts are compared in their [normal form](normal_form), however they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSearch {
    exact: String,
    folded: String,
}

impl ContactSearch {
    /// A search for this text. An empty text is a part of every name.
    pub fn new(text: &str) -> Self {
        Self { exact: normal_form(text).into_owned(), folded: fold(text) }
    }

    /// The text in the [normal form](normal_form), for matches in the exact spelling. Such a match is also one of the
    /// folded text.
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// The text as [`fold`] folds it, for matches in any letter case.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}
