//! Rows of the table: profiles.

use vestibule_domain::accounts::{AccountId, Profile};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The profile of an account.
#[derive(Clone)]
pub(in crate::memory) struct ProfileRow {
    pub(in crate::memory) account: AccountId,
    pub(in crate::memory) profile: Profile,
}

/// What profiles are found by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum ProfileEntry {
    Picture(ObjectKey),
}

impl Row for ProfileRow {
    type Key = AccountId;
    type Entry = ProfileEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> AccountId {
        self.account
    }

    fn entries(&self) -> Vec<(ProfileEntry, Option<Constraint>)> {
        self.profile.picture.map(|key| (ProfileEntry::Picture(key), None)).into_iter().collect()
    }
}
