//! Accounts as people name them.

use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountId, AccountUuid, EmailAddress, Username};
use vestibule_domain::store::{Repositories, StoreError};

/// An account, named by one of its ids, its address or its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedAccount {
    /// By its integer id.
    Id(AccountId),
    /// By its opaque id.
    Uuid(AccountUuid),
    /// By its address.
    Email(EmailAddress),
    /// By the name that identifies.
    Username(Username),
}

impl NamedAccount {
    /// What a text names; `None` if no account can be called so. Digits alone are an id.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(id) = text.parse() {
            return Some(Self::Id(AccountId(id)));
        }
        if let Ok(uuid) = Uuid::parse_str(text) {
            return Some(Self::Uuid(AccountUuid(uuid)));
        }
        if let Ok(email) = EmailAddress::parse(text) {
            return Some(Self::Email(email));
        }
        Username::parse(text).ok().map(Self::Username)
    }

    /// All that a text can name, the most fitting first: what is an id may be somebody's user name as well.
    pub fn readings(text: &str) -> Vec<Self> {
        let username = Username::parse(text).ok().map(Self::Username);
        let first = Self::parse(text);
        let other = username.filter(|name| first.as_ref() != Some(name));
        first.into_iter().chain(other).collect()
    }

    /// The account, in the trash or not.
    pub(crate) async fn find(
        &self,
        repositories: &mut dyn Repositories,
    ) -> Result<Option<Account>, StoreError> {
        match self {
            Self::Id(id) => repositories.accounts().by_id(*id).await,
            Self::Uuid(uuid) => repositories.accounts().by_uuid(*uuid).await,
            Self::Email(email) => repositories.accounts().by_email(email).await,
            Self::Username(name) => repositories.accounts().by_username(name).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_an_account_in_one_way() {
        assert!(matches!(NamedAccount::parse("42"), Some(NamedAccount::Id(AccountId(42)))));
        assert!(matches!(NamedAccount::parse("ada@example.com"), Some(NamedAccount::Email(_))));
        assert!(matches!(NamedAccount::parse("Ada"), Some(NamedAccount::Username(_))));
        let uuid = "00000000-0000-4000-8000-000000000001";
        assert!(matches!(NamedAccount::parse(uuid), Some(NamedAccount::Uuid(_))));
        assert_eq!(NamedAccount::parse(" "), None);
    }

    #[test]
    fn digits_are_an_id_first_and_a_name_as_well() {
        let readings = NamedAccount::readings("42");
        assert!(matches!(readings[..], [NamedAccount::Id(_), NamedAccount::Username(_)]), "{readings:?}");
        let readings = NamedAccount::readings("ada");
        assert!(matches!(readings[..], [NamedAccount::Username(_)]), "{readings:?}");
    }
}
