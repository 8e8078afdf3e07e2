//! Profiles.

use async_trait::async_trait;
use vestibule_domain::accounts::{AccountId, Gender, Profile, ProfileRepository};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::StoreError;

use super::rows::profiles::{ProfileEntry, ProfileRow};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    /// Whether a profile shows this picture.
    pub(super) fn shows_profile(&self, key: ObjectKey) -> bool {
        self.profiles.find(&ProfileEntry::Picture(key)).is_some()
    }

    /// The picture of a profile.
    pub(super) fn picture_of(&self, account: AccountId) -> Option<ObjectKey> {
        self.profiles.get(account)?.profile.picture
    }

    fn change_profile(
        &mut self,
        account: AccountId,
        change: impl FnOnce(&mut Profile),
    ) -> Result<(), StoreError> {
        self.require_account(account)?;
        let mut profile = self.profiles.get(account).map(|row| row.profile).unwrap_or_default();
        change(&mut profile);
        self.profiles.put(ProfileRow { account, profile })
    }
}

#[async_trait]
impl<A: Access> ProfileRepository for MemoryScope<A> {
    async fn of(&mut self, account: AccountId) -> Result<Profile, StoreError> {
        self.0.read(|tables| tables.profiles.get(account).map(|row| row.profile).unwrap_or_default())
    }

    async fn set_picture(&mut self, account: AccountId, picture: ObjectKey) -> Result<(), StoreError> {
        let set = move |profile: &mut Profile| profile.picture = Some(picture);
        self.0.write(move |tables| tables.change_profile(account, set)).await
    }

    async fn set_gender(&mut self, account: AccountId, gender: Option<Gender>) -> Result<(), StoreError> {
        let set = move |profile: &mut Profile| profile.gender = gender;
        self.0.write(move |tables| tables.change_profile(account, set)).await
    }
}
