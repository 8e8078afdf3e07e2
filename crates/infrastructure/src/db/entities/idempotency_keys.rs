//! Table `idempotency_keys`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::idempotency::Claim;

use super::Utc;
use crate::db::pool::row;

pub(in crate::db) const TABLE: &str = "idempotency_keys";

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    pub(in crate::db) id: i64,
    user_id: i64,
    scope: String,
    key_digest: String,
    /// Digest of the fields, as hexadecimal digits.
    pub(in crate::db) request: String,
    pub(in crate::db) holder: Uuid,
    pub(in crate::db) held_until: Utc,
    #[sea_orm(column_type = "Text", nullable)]
    pub(in crate::db) answer: Option<String>,
    created_at: Utc,
    pub(in crate::db) expires_at: Utc,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, user_id, scope, key_digest, request, holder, held_until, answer, created_at, expires_at);

impl From<&Claim> for ActiveModel {
    fn from(claim: &Claim) -> Self {
        Self {
            id: NotSet,
            user_id: Set(claim.place.account.0),
            scope: Set(claim.place.scope.clone()),
            key_digest: Set(claim.place.key.clone()),
            request: Set(claim.request.to_hex()),
            holder: Set(claim.holder.0),
            held_until: Set(claim.held_until.into()),
            answer: Set(None),
            created_at: Set(claim.now.into()),
            expires_at: Set(claim.expires_at.into()),
        }
    }
}
