//! Rows of the table: accounts.

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountId, Role};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The index entries of accounts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum AccountEntry {
    Uuid(Uuid),
    Email(String),
    /// In lower case.
    Username(String),
    Mobile(String),
    /// An account that was never activated, by the time of its registration.
    NeverActivated(OffsetDateTime, AccountId),
    /// An account that is not in the trash, by its creation.
    Listed(OffsetDateTime, AccountId),
    /// An account by who edited it.
    UpdatedBy(AccountId, AccountId),
    /// An administrator who may sign in.
    Admin(AccountId),
}

impl Row for Account {
    type Key = AccountId;
    type Entry = AccountEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> AccountId {
        self.id
    }

    fn entries(&self) -> Vec<(AccountEntry, Option<Constraint>)> {
        let details = &self.details;
        let email = details.email.as_ref().map(|email| AccountEntry::Email(email.as_str().to_owned()));
        let username = details.username.as_ref().map(|name| AccountEntry::Username(name.folded()));
        let mobile = details.mobile.as_ref().map(|mobile| AccountEntry::Mobile(mobile.as_str().to_owned()));
        let unique = [
            (Some(AccountEntry::Uuid(details.uuid.0)), Constraint::UsersUuid),
            (email, Constraint::UsersEmail),
            (username, Constraint::UsersUsername),
            (mobile, Constraint::UsersMobile),
        ]
        .into_iter()
        .filter_map(|(entry, constraint)| Some((entry?, Some(constraint))));
        let waits = self.waits_for_activation();
        let never_activated = waits.then_some(AccountEntry::NeverActivated(details.created_at, self.id));
        let listed =
            details.deleted_at.is_none().then_some(AccountEntry::Listed(details.created_at, self.id));
        let updated_by = details.updated_by.map(|by| AccountEntry::UpdatedBy(by, self.id));
        let is_admin = details.role >= Role::Admin && self.may_sign_in();
        let admin = is_admin.then_some(AccountEntry::Admin(self.id));
        let others = [never_activated, listed, updated_by, admin].into_iter().flatten();
        unique.chain(others.map(|entry| (entry, None))).collect()
    }
}
