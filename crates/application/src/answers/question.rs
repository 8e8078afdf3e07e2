//! What is asked, and of what data.

use std::fmt::{self, Display, Write as _};

use vestibule_domain::accounts::AccountId;

/// Data that changes together. A write moves the generation of its scopes; an answer holds as long as none of its
/// scopes moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// All movies.
    Catalogue,
    /// The address book of an account.
    Contacts(AccountId),
    /// The index behind the search in all address books.
    ContactIndex,
    /// An account with its balance and its profile.
    Account(AccountId),
    /// Accounts of which the store alone knows which they are.
    Accounts,
}

impl Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Catalogue => f.write_str("movies"),
            Self::Contacts(owner) => write!(f, "contacts:{}", owner.0),
            Self::ContactIndex => f.write_str("index"),
            Self::Account(account) => write!(f, "account:{}", account.0),
            Self::Accounts => f.write_str("accounts"),
        }
    }
}

/// A question whose answer is kept: of which data it asks, and what in particular.
///
/// `what` has to tell the question from all others of the same data, whatever surface asks them. Whoever may not see
/// the answer must not get as far as asking.
#[derive(Debug)]
pub struct Question {
    pub(super) text: String,
    pub(super) scope: Scope,
    pub(super) other: Option<Scope>,
}

impl Question {
    /// About movies.
    pub fn of_movies(what: impl Display) -> Self {
        Self::new(Scope::Catalogue, None, what)
    }

    /// About the contacts of an account.
    pub fn of_contacts(owner: AccountId, what: impl Display) -> Self {
        Self::new(Scope::Contacts(owner), None, what)
    }

    /// About what a search finds among the contacts of an account.
    pub fn of_contact_search(owner: AccountId, what: impl Display) -> Self {
        Self::new(Scope::Contacts(owner), Some(Scope::ContactIndex), what)
    }

    /// About an account, its balance or its profile.
    pub fn of_account(account: AccountId, what: impl Display) -> Self {
        Self::new(Scope::Account(account), Some(Scope::Accounts), what)
    }

    fn new(scope: Scope, other: Option<Scope>, what: impl Display) -> Self {
        let mut text = String::with_capacity(64);
        // A text takes whatever is written.
        let _infallible = write!(text, "{scope}|{what}");
        Self { text, scope, other }
    }
}
