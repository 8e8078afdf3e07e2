//! Codes.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;
use vestibule_domain::verification::{CodeKey, VerificationCode, VerificationCodeRepository};

use super::entities::Utc;
use super::entities::verification_codes::{ActiveModel, Column, Entity, TABLE};
use super::errors::store_error;
use super::expiry::purge_expired;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> VerificationCodeRepository for SeaScope<H> {
    async fn put(&mut self, code: &VerificationCode) -> Result<(), StoreError> {
        let mut replace = OnConflict::columns([Column::Channel, Column::Recipient, Column::Purpose]);
        replace.update_columns([
            Column::UserId,
            Column::Code,
            Column::Attempts,
            Column::CreatedAt,
            Column::ExpiresAt,
            Column::VerifiedAt,
        ]);
        let insert = Entity::insert(ActiveModel::from(code)).on_conflict(replace);
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn count_try(
        &mut self,
        key: &CodeKey,
        limit: u32,
        now: OffsetDateTime,
    ) -> Result<Option<VerificationCode>, StoreError> {
        // Together, so that the code that is read is the one whose try was counted.
        let together = self.together().await?;
        let count = Entity::update_many()
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(of(key))
            .filter(Column::VerifiedAt.is_null())
            .filter(Column::Attempts.lt(i32::try_from(limit).unwrap_or(i32::MAX)))
            .filter(Column::ExpiresAt.gt(Utc::from(now)));
        let counted = together.run(count).await.map_err(store_error)?.rows_affected > 0;
        let row = if counted {
            together.one(Entity::find().filter(of(key))).await.map_err(store_error)?
        } else {
            None
        };
        together.commit().await.map_err(store_error)?;
        row.map(|row| row.into_code(key)).transpose()
    }

    async fn prove(
        &mut self,
        key: &CodeKey,
        digest: &SecretDigest,
        prover: &SecretDigest,
        at: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::Code, Expr::val(prover.to_hex()))
            .col_expr(Column::VerifiedAt, Expr::val(Utc::from(at)))
            .col_expr(Column::ExpiresAt, Expr::val(Utc::from(until)))
            .filter(of(key))
            .filter(Column::VerifiedAt.is_null())
            .filter(Column::Code.eq(digest.to_hex()));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn has_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let find = Entity::find().filter(proof(key, prover, now));
        Ok(self.reads().one(find).await.map_err(store_error)?.is_some())
    }

    async fn use_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(proof(key, prover, now));
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }

    async fn remove(&mut self, key: &CodeKey) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(of(key));
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge_expired(self.writes(), TABLE, until, limit).await
    }
}

/// The row of a key, if it is a proof of this prover that is good.
fn proof(key: &CodeKey, prover: &SecretDigest, now: OffsetDateTime) -> Condition {
    of(key)
        .add(Column::VerifiedAt.is_not_null())
        .add(Column::Code.eq(prover.to_hex()))
        .add(Column::ExpiresAt.gt(Utc::from(now)))
}

/// The row of a key.
fn of(key: &CodeKey) -> Condition {
    Condition::all()
        .add(Column::Channel.eq(key.channel().name()))
        .add(Column::Recipient.eq(key.to()))
        .add(Column::Purpose.eq(key.purpose().name()))
}
