//! Accounts as rows of a table.

use vestibule_application::accounts::AccountView;
use vestibule_domain::accounts::{AccountUuid, DirectoryEntry, EmailAddress, Username};

use crate::console::texts::called;
use crate::console::times::Moment;
use crate::console::words::Words;

/// A row of a table of accounts.
pub(super) struct Row {
    pub(super) id: String,
    /// What it is called: its name, else its address, else its id.
    pub(super) called: String,
    pub(super) email: Option<String>,
    pub(super) role: &'static str,
    pub(super) created: Moment,
    pub(super) is_in_trash: bool,
}

/// How far a list came, and how it goes on.
pub(super) struct Reach {
    /// The query of the list from its beginning, unless this is the beginning.
    pub(super) first: Option<String>,
    /// The query of what follows.
    pub(super) next: Option<String>,
    /// Where it came to, to people.
    pub(super) reached: String,
    /// Whether the page has as many accounts as it may. Else the search came to no end.
    pub(super) is_full: bool,
}

impl Row {
    pub(super) fn of_entry(entry: &DirectoryEntry, words: &Words) -> Self {
        Self {
            id: entry.uuid.0.to_string(),
            called: name(entry.uuid, entry.username.as_ref(), entry.email.as_ref()),
            email: entry.email.as_ref().map(EmailAddress::to_string),
            role: (words.role_of)(entry.role),
            created: entry.created_at.into(),
            is_in_trash: entry.deleted_at.is_some(),
        }
    }

    pub(super) fn of_account(account: &AccountView, is_in_trash: bool, words: &Words) -> Self {
        Self {
            id: account.uuid.0.to_string(),
            called: name(account.uuid, account.username.as_ref(), account.email.as_ref()),
            email: account.email.as_ref().map(EmailAddress::to_string),
            role: (words.role_of)(account.role),
            created: account.created_at.into(),
            is_in_trash,
        }
    }
}

fn name(uuid: AccountUuid, username: Option<&Username>, email: Option<&EmailAddress>) -> String {
    called(username, email).map_or_else(|| uuid.0.to_string(), str::to_owned)
}
