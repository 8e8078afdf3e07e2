//! Leases on chores.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, UpdateStatement};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::maintenance::{Chore, ChoreLeaseRepository};
use vestibule_domain::messages::InstanceId;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::errors::store_error;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

const TABLE: &str = "chore_leases";

#[async_trait]
impl<H: Handle> ChoreLeaseRepository for SeaScope<H> {
    async fn take(
        &mut self,
        chore: Chore,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        // The row of a chore is there once the chore was done for the first time.
        let has_it = self.take_row(chore, holder, now, until).await?;
        if has_it || self.has_row(chore).await? {
            return Ok(has_it);
        }
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["chore"]);
        insert.values_panic([chore.name().into()]);
        // If another server wrote the row first, that row stays.
        insert.on_conflict(OnConflict::column("chore").do_nothing_on(["chore"]).to_owned());
        self.writes().execute(&insert).await.map_err(store_error)?;
        self.take_row(chore, holder, now, until).await
    }

    async fn end(&mut self, chore: Chore, holder: InstanceId) -> Result<bool, StoreError> {
        let update = ended(holder).and_where(Expr::col("chore").eq(chore.name())).to_owned();
        Ok(self.writes().execute(&update).await.map_err(store_error)?.rows_affected > 0)
    }

    async fn end_all_of(&mut self, holder: InstanceId) -> Result<u64, StoreError> {
        Ok(self.writes().execute(&ended(holder)).await.map_err(store_error)?.rows_affected)
    }
}

impl<H: Handle> SeaScope<H> {
    /// One statement, which looks and writes: of two that race one finds the row taken.
    async fn take_row(
        &self,
        chore: Chore,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let is_free = Expr::col("holder").is_null();
        let is_own = Expr::col("holder").eq(holder.0);
        let is_over = Expr::col("held_until").lte(Utc::from(now));
        let update = Query::update()
            .table(TABLE)
            .value("holder", holder.0)
            .value("held_until", Expr::val(Utc::from(until)))
            .and_where(Expr::col("chore").eq(chore.name()))
            .and_where(is_free.or(is_own).or(is_over))
            .to_owned();
        Ok(self.writes().execute(&update).await.map_err(store_error)?.rows_affected > 0)
    }

    async fn has_row(&self, chore: Chore) -> Result<bool, StoreError> {
        let find = Query::select()
            .column("chore")
            .from(TABLE)
            .and_where(Expr::col("chore").eq(chore.name()))
            .to_owned();
        Ok(self.writes().first::<(String,)>(&find).await.map_err(store_error)?.is_some())
    }
}

/// A change that ends the leases of a process.
fn ended(holder: InstanceId) -> UpdateStatement {
    Query::update()
        .table(TABLE)
        .value("holder", None::<Uuid>)
        .value("held_until", Expr::val(None::<Utc>))
        .and_where(Expr::col("holder").eq(holder.0))
        .to_owned()
}
