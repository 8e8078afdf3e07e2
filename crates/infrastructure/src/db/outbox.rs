//! The outbox.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SelectStatement, UpdateStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, Order,
    PaginatorTrait, QueryFilter, TransactionSession, UpdateMany,
};
use time::OffsetDateTime;
use vestibule_domain::messages::{Lease, MessageId, OutboxMessage, OutboxRepository};
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::entities::outbox_messages::{ActiveModel, Column, Entity, Model};
use super::errors::store_error;
use super::expiry::at_most;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> OutboxRepository for SeaScope<H> {
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(message));
        insert
            .exec_without_returning(self.writes())
            .await
            .map_err(store_error)?;
        Ok(())
    }

    async fn claim(
        &mut self,
        lease: Lease,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let claim = Claim {
            lease,
            now: now.into(),
            until: until.into(),
            limit,
        };
        let rows = if self.writes().get_database_backend() == DbBackend::Sqlite {
            claim.at_once(self.writes()).await.map_err(store_error)?
        } else {
            let together = self.together().await?;
            let rows = claim.in_two_steps(&together).await.map_err(store_error)?;
            together.commit().await.map_err(store_error)?;
            rows
        };
        Ok(rows.into_iter().filter_map(readable).collect())
    }

    async fn complete(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(held(id, lease));
        let deleted = delete.exec(self.writes()).await.map_err(store_error)?;
        Ok(deleted.rows_affected > 0)
    }

    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.give_back(id, lease, reason, (Column::AvailableAt, available_at))
            .await
    }

    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.give_back(id, lease, reason, (Column::ParkedAt, at)).await
    }

    async fn waiting(&mut self) -> Result<u64, StoreError> {
        let find = Entity::find().filter(Column::ParkedAt.is_null());
        find.count(self.reads()).await.map_err(store_error)
    }
}

impl<H: Handle> SeaScope<H> {
    /// Ends a lease. `false` if it is lost.
    async fn give_back(
        &self,
        id: MessageId,
        lease: Lease,
        reason: &str,
        (column, time): (Column, OffsetDateTime),
    ) -> Result<bool, StoreError> {
        let update: UpdateMany<Entity> = Entity::update_many()
            .col_expr(Column::Lease, Expr::val(None::<uuid::Uuid>))
            .col_expr(Column::LeasedUntil, Expr::val(None::<Utc>))
            .col_expr(Column::LastError, Expr::val(reason))
            .col_expr(column, Expr::val(Utc::from(time)))
            .filter(held(id, lease));
        let updated = update.exec(self.writes()).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }
}

/// A message that is under this lease, or was and nobody has claimed it since.
fn held(id: MessageId, lease: Lease) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id.0))
        .add(Column::Lease.eq(lease.0))
}

/// The message in a row. One that does not read back, perhaps written by a newer release, stays
/// leased and keeps nobody from the others.
fn readable(row: Model) -> Option<OutboxMessage> {
    OutboxMessage::try_from(row)
        .inspect_err(|error| tracing::error!(?error, "a message in the outbox does not read back"))
        .ok()
}

pub(super) struct Claim {
    pub(super) lease: Lease,
    pub(super) now: Utc,
    pub(super) until: Utc,
    pub(super) limit: u64,
}

impl Claim {
    /// One statement, which no other writer can come between on SQLite.
    pub(super) async fn at_once(&self, connection: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
        let mut free = self.free();
        free.column(Column::Id);
        let mut update = self.update(Expr::col(Column::Id).in_subquery(free));
        update.returning_all();
        let rows = connection.query_all(&update).await?;
        let rows = rows.iter().map(|row| Model::from_query_result(row, ""));
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        // RETURNING has no order.
        rows.sort_unstable_by_key(|row| (row.created_at, row.id));
        Ok(rows)
    }

    /// Two statements in a transaction. The first locks its rows and passes over those that another
    /// worker has locked.
    pub(super) async fn in_two_steps(&self, transaction: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
        let rows = transaction.query_all(&self.free_and_locked()).await?;
        let rows = rows.iter().map(|row| Model::from_query_result(row, ""));
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        if !rows.is_empty() {
            let ids = rows.iter().map(|row| row.id);
            transaction
                .execute(&self.update(Expr::col(Column::Id).is_in(ids)))
                .await?;
        }
        for row in &mut rows {
            row.attempts = row.attempts.saturating_add(1);
        }
        Ok(rows)
    }

    /// The messages that may be claimed, oldest first.
    fn free(&self) -> SelectStatement {
        let unleased = Column::LeasedUntil
            .is_null()
            .or(Column::LeasedUntil.lte(self.now));
        Query::select()
            .from(Entity)
            .and_where(Column::ParkedAt.is_null())
            .and_where(Column::AvailableAt.lte(self.now))
            .and_where(unleased)
            .order_by(Column::CreatedAt, Order::Asc)
            .order_by(Column::Id, Order::Asc)
            .limit(at_most(self.limit))
            .to_owned()
    }

    /// The same, locked, without those that another worker has locked.
    pub(super) fn free_and_locked(&self) -> SelectStatement {
        let mut free = self.free();
        free.expr(Expr::cust("*"));
        free.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        free
    }

    fn update(&self, which: Expr) -> UpdateStatement {
        Query::update()
            .table(Entity)
            .value(Column::Lease, self.lease.0)
            .value(Column::LeasedUntil, self.until)
            .value(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .and_where(which)
            .to_owned()
    }
}
