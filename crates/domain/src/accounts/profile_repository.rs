//! The port that stores profiles.

use async_trait::async_trait;

use super::{AccountId, Gender, Profile};
use crate::media::ObjectKey;
use crate::store::StoreError;

/// Profiles, one for each account. A profile that was never written is empty.
#[async_trait]
pub trait ProfileRepository: Send {
    /// The profile of an account.
    async fn of(&mut self, account: AccountId) -> Result<Profile, StoreError>;

    /// Sets the picture, and leaves the rest as it is.
    ///
    /// MUST answer `Conflict` with `ForeignKey` if there is no such account.
    async fn set_picture(&mut self, account: AccountId, picture: ObjectKey) -> Result<(), StoreError>;

    /// Sets or clears the gender, and leaves the rest as it is.
    ///
    /// MUST answer `Conflict` with `ForeignKey` if there is no such account.
    async fn set_gender(&mut self, account: AccountId, gender: Option<Gender>) -> Result<(), StoreError>;
}
