//! Table `points_entries`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::points::{EntryId, EntryKind, Points, PointsChange, PointsEntry, PointsKind};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

pub(in crate::db) const TABLE: &str = "points_entries";

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "points_entries")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    id: i64,
    user_id: i64,
    kind: String,
    amount: i64,
    balance_after: i64,
    reason: Option<String>,
    actor_id: Option<i64>,
    idempotency_key: Option<String>,
    created_at: Utc,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, user_id, kind, amount, balance_after, reason, actor_id, idempotency_key, created_at);

impl ActiveModel {
    /// The entry of a change that led to this balance.
    pub(in crate::db) fn of_change(change: &PointsChange, balance_after: i64) -> Self {
        let kind = match change.kind {
            PointsKind::Add => EntryKind::Add,
            PointsKind::Deduct => EntryKind::Deduct,
        };
        Self {
            id: NotSet,
            user_id: Set(change.account.0),
            kind: Set(kind.name().to_owned()),
            amount: Set(change.points.get()),
            balance_after: Set(balance_after),
            reason: Set(change.reason.clone()),
            actor_id: Set(change.actor.map(|id| id.0)),
            idempotency_key: Set(change.idempotency_key.map(|key| key.to_hex())),
            created_at: Set(change.at.into()),
        }
    }

    /// The entry of an account that comes with points.
    pub(in crate::db) fn opening(account: AccountId, points: i64, at: OffsetDateTime) -> Self {
        Self {
            id: NotSet,
            user_id: Set(account.0),
            kind: Set(EntryKind::Opening.name().to_owned()),
            amount: Set(points),
            balance_after: Set(points),
            reason: Set(None),
            actor_id: Set(None),
            idempotency_key: Set(None),
            created_at: Set(at.into()),
        }
    }
}

impl TryFrom<Model> for PointsEntry {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let broken = |column| damaged(TABLE, column, row.id);
        let key = row.idempotency_key.as_deref();
        Ok(Self {
            id: EntryId(row.id),
            account: AccountId(row.user_id),
            kind: EntryKind::from_name(&row.kind).ok_or_else(|| broken("kind"))?,
            points: Points::new(row.amount).map_err(|_invalid| broken("amount"))?,
            balance_after: row.balance_after,
            idempotency_key: key
                .map(|key| SecretDigest::from_hex(key).ok_or_else(|| broken("idempotency_key")))
                .transpose()?,
            reason: row.reason,
            actor: row.actor_id.map(AccountId),
            created_at: row.created_at.0,
        })
    }
}
