//! What people sign in with.

use vestibule_domain::accounts::{Account, EmailAddress, Username};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Repositories, StoreError};

/// What identifies an account at a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identifier {
    /// Its address.
    Email(EmailAddress),
    /// Its name, whatever its letter case.
    Username(Username),
}

impl From<EmailAddress> for Identifier {
    fn from(email: EmailAddress) -> Self {
        Self::Email(email)
    }
}

impl From<Username> for Identifier {
    fn from(username: Username) -> Self {
        Self::Username(username)
    }
}

impl Identifier {
    pub(super) async fn find(
        &self,
        repositories: &mut dyn Repositories,
    ) -> Result<Option<Account>, StoreError> {
        match self {
            Self::Email(email) => repositories.accounts().by_email(email).await,
            Self::Username(username) => repositories.accounts().by_username(username).await,
        }
    }

    /// The counter of attempts to log in by it.
    pub(super) fn attempts(&self) -> String {
        match self {
            Self::Email(email) => attempts_of(email),
            Self::Username(username) => {
                format!("login-name:{}", SecretDigest::of(&username.folded()).to_hex())
            }
        }
    }
}

/// The counter of attempts to log in to an account by its address. They count before the password is compared, so
/// that no number of attempts at once passes the limit; a right password forgets them.
pub(crate) fn attempts_of(email: &EmailAddress) -> String {
    format!("login:{}", SecretDigest::of(email.as_str()).to_hex())
}
