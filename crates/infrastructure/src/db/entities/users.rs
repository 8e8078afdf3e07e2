//! Table `users`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::accounts::{
    Account, AccountDetails, AccountId, AccountUuid, EmailAddress, MobileNumber, PasswordHash, Username,
};
use vestibule_domain::store::StoreError;

use super::{Utc, groups};
use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    pub(in crate::db) id: i64,
    uuid: Uuid,
    email: Option<String>,
    username: Option<String>,
    pub(in crate::db) username_folded: Option<String>,
    display_name: Option<String>,
    mobile: Option<String>,
    phone_number: Option<String>,
    hashed_password: String,
    group_id: i64,
    is_active: bool,
    email_verified_at: Option<Utc>,
    activated_at: Option<Utc>,
    points: i64,
    surface: Option<String>,
    created_at: Utc,
    updated_at: Utc,
    updated_by: Option<i64>,
    deleted_at: Option<Utc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(
    Model: id, uuid, email, username, username_folded, display_name, mobile, phone_number, hashed_password, group_id,
    is_active, email_verified_at, activated_at, points, surface, created_at, updated_at, updated_by, deleted_at,
);

impl From<&AccountDetails> for ActiveModel {
    fn from(account: &AccountDetails) -> Self {
        Self {
            id: NotSet,
            uuid: Set(account.uuid.0),
            email: Set(account.email.as_ref().map(|email| email.as_str().to_owned())),
            username: Set(account.username.as_ref().map(|name| name.as_str().to_owned())),
            username_folded: Set(account.username.as_ref().map(Username::folded)),
            display_name: Set(account.display_name.clone()),
            mobile: Set(account.mobile.as_ref().map(|mobile| mobile.as_str().to_owned())),
            phone_number: Set(account.phone_number.clone()),
            hashed_password: Set(account.hashed_password.as_str().to_owned()),
            group_id: Set(groups::group_id(account.role)),
            is_active: Set(account.is_active),
            email_verified_at: Set(account.email_verified_at.map(Utc::from)),
            activated_at: Set(account.activated_at.map(Utc::from)),
            points: Set(account.points),
            surface: Set(account.surface.map(|surface| surface.as_str().to_owned())),
            created_at: Set(account.created_at.into()),
            updated_at: Set(account.updated_at.into()),
            updated_by: Set(account.updated_by.map(|id| id.0)),
            deleted_at: Set(account.deleted_at.map(Utc::from)),
        }
    }
}

impl TryFrom<Model> for Account {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let role = groups::role(row.group_id).ok_or_else(|| damaged("users", "group_id", row.id))?;
        Ok(Self {
            id: AccountId(row.id),
            details: AccountDetails {
                uuid: AccountUuid(row.uuid),
                email: row.email.map(EmailAddress::from_stored),
                username: row.username.map(Username::from_stored),
                display_name: row.display_name,
                mobile: row.mobile.map(MobileNumber::from_stored),
                phone_number: row.phone_number,
                hashed_password: PasswordHash::new(row.hashed_password),
                role,
                is_active: row.is_active,
                email_verified_at: row.email_verified_at.map(|time| time.0),
                activated_at: row.activated_at.map(|time| time.0),
                points: row.points,
                // One that a newer release knows is none here.
                surface: row.surface.and_then(|surface| surface.parse().ok()),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
                updated_by: row.updated_by.map(AccountId),
                deleted_at: row.deleted_at.map(|time| time.0),
            },
        })
    }
}
