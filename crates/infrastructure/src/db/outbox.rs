//! The outbox.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query, SelectStatement, UpdateStatement};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, DbErr, EntityTrait, Iterable as _, Order, QueryFilter, UpdateMany,
};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::messages::{
    InstanceId, Lease, MessageId, OutboxMessage, OutboxRepository, Queue, QueuePlace, QueuedMessage,
    SentMessage,
};
use vestibule_domain::page::Part;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::entities::outbox_messages::{ActiveModel, Column, Entity, Model};
use super::errors::store_error;
use super::expiry::{at_most, purge};
use super::parts::parts;
use super::pool::{Columns, Places, Statements};
use super::scope::{Handle, SeaScope};
use super::sent_messages::{added, moved};

/// The reason that is stored with a parked message whose row cannot be read.
const UNREADABLE: &str = "the row does not read back";

#[async_trait]
impl<H: Handle> OutboxRepository for SeaScope<H> {
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(message));
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn claim(
        &mut self,
        lease: Lease,
        holder: InstanceId,
        now: OffsetDateTime,
        until: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<OutboxMessage>, StoreError> {
        let claim = Claim { lease, holder, now: now.into(), until: until.into(), limit };
        let claimed = if self.writes().get_database_backend() == DbBackend::Sqlite {
            claim.at_once(self.writes()).await.map_err(store_error)?
        } else {
            let together = self.together().await?;
            let claimed = claim.in_two_steps(&together).await.map_err(store_error)?;
            together.commit().await.map_err(store_error)?;
            claimed
        };
        for id in claimed.unreadable {
            // The other messages are claimed by now, and must not be lost over this one. If parking it fails, its
            // next claim parks it.
            if let Err(error) = self.park(id, lease, now, UNREADABLE).await {
                tracing::warn!(message.id = %id.0, ?error, "a message that does not read back was not parked");
            }
        }
        Ok(claimed.messages)
    }

    async fn complete(
        &mut self,
        id: MessageId,
        lease: Lease,
        sent: Option<&SentMessage>,
    ) -> Result<bool, StoreError> {
        let delete = Entity::delete_many().filter(held(id, lease));
        let Some(sent) = sent else {
            let deleted = self.writes().run(delete).await.map_err(store_error)?;
            return Ok(deleted.rows_affected > 0);
        };
        if self.writes().get_database_backend() == DbBackend::Postgres {
            let moved = self.writes().execute_raw(moved(id, lease, sent)).await.map_err(store_error)?;
            return Ok(moved.rows_affected > 0);
        }
        let together = self.together().await?;
        let is_held = together.run(delete).await.map_err(store_error)?.rows_affected > 0;
        if is_held {
            together.execute(&added(sent)).await.map_err(store_error)?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(is_held)
    }

    async fn retry(
        &mut self,
        id: MessageId,
        lease: Lease,
        available_at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, reason, (Column::AvailableAt, available_at)).await
    }

    async fn give_back(&mut self, id: MessageId, lease: Lease) -> Result<bool, StoreError> {
        let update = unleased().col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1));
        let updated = self.writes().run(update.filter(held(id, lease))).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn free_leases_of(&mut self, holder: InstanceId) -> Result<u64, StoreError> {
        let update = unleased().filter(Column::LeasedBy.eq(holder.0));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected)
    }

    async fn park(
        &mut self,
        id: MessageId,
        lease: Lease,
        at: OffsetDateTime,
        reason: &str,
    ) -> Result<bool, StoreError> {
        self.settle(id, lease, reason, (Column::ParkedAt, at)).await
    }

    async fn list(
        &mut self,
        queue: Queue,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<QueuedMessage, QueuePlace>, StoreError> {
        // One more tells whether another part follows.
        let listed = listed(queue, after, limit.saturating_add(1));
        let mut rows = self.reads().rows::<ListedRow>(&listed).await.map_err(store_error)?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_next = rows.len() > wanted;
        rows.truncate(wanted);
        let next = rows.iter().rev().find_map(ListedRow::place).filter(|_| has_next);
        let read = |row: ListedRow| row.row.map_err(store_error).and_then(QueuedMessage::try_from).ok();
        Ok(Part { items: rows.into_iter().filter_map(read).collect(), next })
    }

    async fn unpark(&mut self, id: MessageId, available_at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = unleased()
            .col_expr(Column::ParkedAt, Expr::val(None::<Utc>))
            .col_expr(Column::AvailableAt, Expr::val(Utc::from(available_at)))
            .col_expr(Column::Attempts, Expr::val(0))
            .filter(Column::Id.eq(id.0))
            .filter(Column::ParkedAt.is_not_null());
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn purge_parked(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge(self.writes(), "outbox_messages", "parked_at", until, limit).await
    }

    async fn waiting(&mut self) -> Result<u64, StoreError> {
        let find = Entity::find().filter(Column::ParkedAt.is_null());
        self.reads().count(find).await.map_err(store_error)
    }

    async fn parked(&mut self) -> Result<u64, StoreError> {
        self.reads().count(Entity::find().filter(parked())).await.map_err(store_error)
    }
}

impl<H: Handle> SeaScope<H> {
    /// Ends a lease together with a change. `false` if the lease was lost.
    async fn settle(
        &self,
        id: MessageId,
        lease: Lease,
        reason: &str,
        (column, time): (Column, OffsetDateTime),
    ) -> Result<bool, StoreError> {
        let update = unleased()
            .col_expr(Column::LastError, Expr::val(reason))
            .col_expr(column, Expr::val(Utc::from(time)))
            .filter(held(id, lease));
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }
}

/// The condition of messages that are parked. Every time in the column is later than this one. A comparison uses the
/// index; whether "is not null" does depends on how SQLite was built.
fn parked() -> Expr {
    Column::ParkedAt.gt(Utc::from(OffsetDateTime::UNIX_EPOCH))
}

/// A part of a queue.
fn listed(queue: Queue, after: Option<QueuePlace>, limit: u64) -> SelectStatement {
    let mut list = Query::select().columns(listed_columns()).from(Entity).limit(at_most(limit)).to_owned();
    let after = after.map(|after| (Utc::from(after.at), after.id.0));
    // The first condition on a time leads into the index, the second one passes over what was seen of that time.
    match queue {
        Queue::Waiting => {
            list.and_where(Column::ParkedAt.is_null())
                .order_by(Column::ParkedAt, Order::Asc)
                .order_by(Column::CreatedAt, Order::Asc)
                .order_by(Column::Id, Order::Asc);
            if let Some((at, id)) = after {
                list.and_where(Column::CreatedAt.gte(at))
                    .and_where(Column::CreatedAt.gt(at).or(Column::Id.gt(id)));
            }
        }
        Queue::Parked => {
            list.and_where(parked())
                .order_by(Column::ParkedAt, Order::Desc)
                .order_by(Column::Id, Order::Desc);
            if let Some((at, id)) = after {
                list.and_where(Column::ParkedAt.lte(at))
                    .and_where(Column::ParkedAt.lt(at).or(Column::Id.lt(id)));
            }
        }
    }
    list
}

/// A change that ends leases.
fn unleased() -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Lease, Expr::val(None::<Uuid>))
        .col_expr(Column::LeasedUntil, Expr::val(None::<Utc>))
        .col_expr(Column::LeasedBy, Expr::val(None::<Uuid>))
}

/// The condition of a message that is under this lease, or whose lease has run out without another claim.
fn held(id: MessageId, lease: Lease) -> Condition {
    Condition::all().add(Column::Id.eq(id.0)).add(Column::Lease.eq(lease.0))
}

/// A row, and its id in case that the row does not read back.
struct ClaimedRow {
    id: Option<Uuid>,
    row: Result<Model, DbErr>,
}

impl Columns for ClaimedRow {
    fn read(places: &mut impl Places) -> Result<Self, DbErr> {
        Ok(Self { id: places.next().ok(), row: Model::read(places) })
    }
}

/// The columns of a [`ClaimedRow`].
fn claimed_columns() -> impl Iterator<Item = Column> {
    [Column::Id].into_iter().chain(Column::iter())
}

/// A row of a queue, and its place there in case that the row does not read back.
struct ListedRow {
    id: Option<Uuid>,
    created_at: Option<Utc>,
    parked_at: Option<Utc>,
    row: Result<Model, DbErr>,
}

impl ListedRow {
    fn place(&self) -> Option<QueuePlace> {
        let at = self.parked_at.or(self.created_at)?;
        Some(QueuePlace { at: at.0, id: MessageId(self.id?) })
    }
}

impl Columns for ListedRow {
    fn read(places: &mut impl Places) -> Result<Self, DbErr> {
        Ok(Self {
            id: places.next().ok(),
            created_at: places.next().ok(),
            parked_at: places.next().ok().flatten(),
            row: Model::read(places),
        })
    }
}

/// The columns of a [`ListedRow`].
fn listed_columns() -> impl Iterator<Item = Column> {
    [Column::Id, Column::CreatedAt, Column::ParkedAt].into_iter().chain(Column::iter())
}

/// The claimed messages, oldest first.
#[derive(Default)]
pub(super) struct Claimed {
    pub(super) messages: Vec<OutboxMessage>,
    /// Messages whose rows cannot be read. They must not keep others from being sent, and no later claim could read
    /// them, so they are parked.
    pub(super) unreadable: Vec<MessageId>,
}

impl Claimed {
    /// A row whose id cannot be read can only be skipped.
    fn read(rows: Vec<ClaimedRow>) -> Self {
        let mut claimed = Self::default();
        for ClaimedRow { id, row } in rows {
            match row.map_err(store_error).and_then(OutboxMessage::try_from) {
                Ok(message) => claimed.messages.push(message),
                Err(error) => {
                    tracing::error!(message.id = ?id, ?error, "a message in the outbox does not read back");
                    claimed.unreadable.extend(id.map(MessageId));
                }
            }
        }
        // RETURNING has no order.
        claimed.messages.sort_unstable_by_key(|message| (message.created_at, message.id.0));
        claimed
    }

    fn ids(&self) -> Vec<Uuid> {
        let readable = self.messages.iter().map(|message| message.id);
        readable.chain(self.unreadable.iter().copied()).map(|id| id.0).collect()
    }
}

pub(super) struct Claim {
    pub(super) lease: Lease,
    pub(super) holder: InstanceId,
    pub(super) now: Utc,
    pub(super) until: Utc,
    pub(super) limit: u64,
}

impl Claim {
    /// Claims in one statement. On SQLite no other writer can come in between.
    pub(super) async fn at_once(&self, connection: &impl Statements) -> Result<Claimed, DbErr> {
        let mut free = self.free();
        free.column(Column::Id);
        let mut update = self.update(Expr::col(Column::Id).in_subquery(free));
        update.returning(Query::returning().columns(claimed_columns()));
        let update = connection.get_database_backend().build(&update);
        Ok(Claimed::read(connection.rows_of(update).await?))
    }

    /// Claims in two statements of a transaction. The first locks its rows, and skips the rows that another worker
    /// has locked.
    pub(super) async fn in_two_steps(&self, transaction: &impl Statements) -> Result<Claimed, DbErr> {
        let mut claimed = Claimed::read(transaction.rows(&self.free_and_locked()).await?);
        for ids in parts(&claimed.ids()) {
            transaction.execute(&self.update(Expr::col(Column::Id).is_in(ids.iter().copied()))).await?;
        }
        for message in &mut claimed.messages {
            message.attempts = message.attempts.saturating_add(1);
        }
        Ok(claimed)
    }

    /// The messages that may be claimed, oldest first.
    fn free(&self) -> SelectStatement {
        let unleased = Column::LeasedUntil.is_null().or(Column::LeasedUntil.lte(self.now));
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

    /// The same messages, locked, without those that another worker has locked.
    pub(super) fn free_and_locked(&self) -> SelectStatement {
        let mut free = self.free();
        free.columns(claimed_columns());
        free.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        free
    }

    fn update(&self, which: Expr) -> UpdateStatement {
        Query::update()
            .table(Entity)
            .value(Column::Lease, self.lease.0)
            .value(Column::LeasedUntil, self.until)
            .value(Column::LeasedBy, self.holder.0)
            .value(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .and_where(which)
            .to_owned()
    }
}
