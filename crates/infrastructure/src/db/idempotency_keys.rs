//! Idempotency keys.

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use vestibule_domain::idempotency::{Claim, Claimed, HolderId, IdempotencyRepository, KeyPlace};
use vestibule_domain::store::{Constraint, StoreError};

use super::entities::Utc;
use super::entities::idempotency_keys::{ActiveModel, Column, Entity, Model, TABLE};
use super::errors::store_error;
use super::expiry::purge_expired;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

/// How often a key that others take, give back or take over meanwhile is looked at.
const LOOKS: u32 = 5;

#[async_trait]
impl<H: Handle> IdempotencyRepository for SeaScope<H> {
    async fn claim(&mut self, claim: &Claim) -> Result<Claimed, StoreError> {
        for _ in 0..LOOKS {
            if self.insert_key(claim).await? {
                return Ok(Claimed::Turn);
            }
            let find = Entity::find().filter(of(&claim.place));
            let Some(row) = self.writes().one(find).await.map_err(store_error)? else { continue };
            if let Some(said) = said(&row, claim) {
                return Ok(said);
            }
            if self.take_over(&row, claim).await? {
                return Ok(Claimed::Turn);
            }
        }
        // Whoever is always faster is at work.
        Ok(Claimed::UnderWay)
    }

    async fn answer(&mut self, place: &KeyPlace, holder: HolderId, answer: &str) -> Result<bool, StoreError> {
        let update =
            Entity::update_many().col_expr(Column::Answer, Expr::val(answer)).filter(held(place, holder));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn give_back(&mut self, place: &KeyPlace, holder: HolderId) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(held(place, holder));
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge_expired(self.writes(), TABLE, until, limit).await
    }
}

impl<H: Handle> SeaScope<H> {
    /// Adds a key. `false` if it is there.
    async fn insert_key(&self, claim: &Claim) -> Result<bool, StoreError> {
        let insert = Entity::insert(ActiveModel::from(claim));
        match self.writes().run(insert).await.map_err(store_error) {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict { constraint: Constraint::IdempotencyKeys }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Takes over the turn of whoever has it. `false` if somebody else was faster.
    async fn take_over(&self, row: &Model, claim: &Claim) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::Request, Expr::val(claim.request.to_hex()))
            .col_expr(Column::Holder, Expr::val(claim.holder.0))
            .col_expr(Column::HeldUntil, Expr::val(Utc::from(claim.held_until)))
            .col_expr(Column::Answer, Expr::val(None::<String>))
            .col_expr(Column::CreatedAt, Expr::val(Utc::from(claim.now)))
            .col_expr(Column::ExpiresAt, Expr::val(Utc::from(claim.expires_at)))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Holder.eq(row.holder))
            // Of one that has not expired: whoever has the turn may answer at this moment.
            .filter(
                Condition::any()
                    .add(Column::Answer.is_null())
                    .add(Column::ExpiresAt.lte(Utc::from(claim.now))),
            );
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }
}

/// What the row of a key says to a claim; `None` if the claim takes it over.
fn said(row: &Model, claim: &Claim) -> Option<Claimed> {
    if row.expires_at <= Utc::from(claim.now) {
        return None;
    }
    if row.request != claim.request.to_hex() {
        return Some(Claimed::OtherRequest);
    }
    match &row.answer {
        Some(answer) => Some(Claimed::Answered(answer.clone())),
        None => (Utc::from(claim.now) < row.held_until).then_some(Claimed::UnderWay),
    }
}

fn of(place: &KeyPlace) -> Condition {
    Condition::all()
        .add(Column::UserId.eq(place.account.0))
        .add(Column::Scope.eq(place.scope.as_str()))
        .add(Column::KeyDigest.eq(place.key.as_str()))
}

/// A key whose turn a holder has.
fn held(place: &KeyPlace, holder: HolderId) -> Condition {
    of(place).add(Column::Holder.eq(holder.0)).add(Column::Answer.is_null())
}
