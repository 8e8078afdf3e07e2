//! Table `pending_registrations`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::accounts::{AccountId, PasswordHash, PendingRegistration, RegistrationId};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

const TABLE: &str = "pending_registrations";

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_registrations")]
pub(in crate::db) struct Model {
    /// Gives the order in which they were inserted.
    #[sea_orm(primary_key)]
    id: i64,
    uuid: Uuid,
    user_id: i64,
    /// Digest of the token.
    token: String,
    hashed_password: String,
    display_name: Option<String>,
    client_address: Option<String>,
    created_at: Utc,
    expires_at: Utc,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, uuid, user_id, token, hashed_password, display_name, client_address, created_at, expires_at);

impl From<&PendingRegistration> for ActiveModel {
    fn from(registration: &PendingRegistration) -> Self {
        Self {
            id: NotSet,
            uuid: Set(registration.id.0),
            user_id: Set(registration.account.0),
            token: Set(registration.digest.to_hex()),
            hashed_password: Set(registration.hashed_password.as_str().to_owned()),
            display_name: Set(registration.display_name.clone()),
            client_address: Set(registration.client_address.map(|address| address.to_string())),
            created_at: Set(registration.created_at.into()),
            expires_at: Set(registration.expires_at.into()),
        }
    }
}

impl TryFrom<Model> for PendingRegistration {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let address = row.client_address.map(|address| address.parse()).transpose();
        Ok(Self {
            id: RegistrationId(row.uuid),
            account: AccountId(row.user_id),
            digest: SecretDigest::from_hex(&row.token).ok_or_else(|| damaged(TABLE, "token", row.id))?,
            hashed_password: PasswordHash::new(row.hashed_password),
            display_name: row.display_name,
            client_address: address.map_err(|_no_address| damaged(TABLE, "client_address", row.id))?,
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
        })
    }
}
