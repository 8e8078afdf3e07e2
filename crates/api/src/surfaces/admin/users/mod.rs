//! The directory of accounts.

mod edit;
mod list;
mod remove;
mod show;

use super::Endpoint;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![show::endpoint(), edit::endpoint(), remove::endpoint(), list::endpoint()]
}

/// What 403 means in the documents.
const NOT_THEIRS: &str = "Neither the owner of the account nor an administrator";
