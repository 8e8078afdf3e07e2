//! Rebuilding the table of trigrams.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{ContactId, ContactIndex, Rebuilt};
use vestibule_domain::store::StoreError;

use super::super::entities::Utc;
use super::super::entities::contacts::{Column, Entity, SEARCHED, Searched};
use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::Statements;
use super::super::scope::{Handle, SeaScope};
use super::trigrams::{self, Trigrams};
use super::waiting;

/// A table with one row: the id up to which the contacts are covered, and the time at which all were.
const TABLE: &str = "contact_index_progress";

#[async_trait]
impl<H: Handle> ContactIndex for SeaScope<H> {
    async fn rebuild_next(&mut self, limit: u64, now: OffsetDateTime) -> Result<Rebuilt, StoreError> {
        // Usually the index is whole, and then nothing is locked.
        if let Some(Progress { is_whole: true, .. }) = progress(self.reads(), &read()).await? {
            return Ok(Rebuilt { contacts: 0, is_whole: true });
        }
        let together = self.together().await?;
        begin_if_new(&together).await?;
        // Other processes that rebuild wait for this row, and continue behind this batch.
        let Some(Progress { reached, is_whole: false }) =
            progress(&together, read().lock(LockType::Update)).await?
        else {
            // Nothing is half-way: the unit of work, if there is one, goes on.
            together.commit().await.map_err(store_error)?;
            return Ok(Rebuilt { contacts: 0, is_whole: true });
        };
        let rows = after(&together, reached, at_most(limit)).await.map_err(store_error)?;
        let contacts = rows.len() as u64;
        let rebuilt = Rebuilt { contacts, is_whole: contacts < limit };
        let last = rows.last().map_or(reached, |row| row.id);
        cover(&together, &rows).await?;
        if reached == 0 && !rebuilt.is_whole {
            waiting::cover_newest(&together).await?;
        }
        write(&together, last, rebuilt.is_whole.then(|| Utc::from(now))).await?;
        together.commit().await.map_err(store_error)?;
        Ok(rebuilt)
    }

    async fn begin_anew(&mut self) -> Result<(), StoreError> {
        let together = self.together().await?;
        begin_if_new(&together).await?;
        // A search does not look for them behind the first id, so nothing begins anew as long as one does not read back.
        waiting::cover_all(&together).await?;
        reach(&together, 0).await?;
        together.commit().await.map_err(store_error)
    }
}

/// The next contacts in order of ids, locked against changes.
pub(super) async fn after(
    connection: &impl Statements,
    reached: i64,
    limit: u64,
) -> Result<Vec<Searched>, DbErr> {
    let find = in_order(Order::Asc, limit).filter(Column::Id.gt(reached)).lock_exclusive();
    connection.rows(find.as_query()).await
}

/// The newest contacts.
pub(super) async fn newest(connection: &impl Statements, limit: u64) -> Result<Vec<Searched>, DbErr> {
    connection.rows(in_order(Order::Desc, limit).as_query()).await
}

fn in_order(order: Order, limit: u64) -> Select<Entity> {
    Entity::find().select_only().columns(SEARCHED).order_by(Column::Id, order).limit(limit)
}

/// Writes the trigrams of contacts, of which some may exist already.
pub(super) async fn cover(connection: &impl Statements, rows: &[Searched]) -> Result<(), StoreError> {
    for row in rows {
        refold(connection, row).await?;
    }
    let of_row = |row: &Searched| (AccountId(row.user_id), ContactId(row.id), Trigrams::of_row(row));
    let of_rows: Vec<_> = rows.iter().map(of_row).collect();
    trigrams::put(connection, of_rows).await
}

/// Folds the texts of a contact anew, which another release may have folded in another way, and removes the trigrams
/// that it has no more.
pub(super) async fn refold(connection: &impl Statements, row: &Searched) -> Result<(), StoreError> {
    let Some(folded) = row.refolded() else { return Ok(()) };
    let before = Trigrams::of_folded(&row.fullname_folded, row.email_folded.as_deref());
    let gone = before.absent_from(&Trigrams::of_row(row));
    trigrams::remove(connection, AccountId(row.user_id), ContactId(row.id), gone).await?;
    let update = Entity::update_many().set(folded).filter(Column::Id.eq(row.id));
    connection.run(update).await.map_err(store_error)?;
    Ok(())
}

/// How far the table of trigrams is filled.
pub(super) struct Progress {
    pub(super) reached: i64,
    pub(super) is_whole: bool,
}

pub(super) fn read() -> SelectStatement {
    let columns = ["reached", "finished_at"];
    Query::select().columns(columns).from(TABLE).and_where(Expr::col("id").eq(1_i16)).to_owned()
}

pub(super) async fn progress(
    connection: &impl Statements,
    read: &SelectStatement,
) -> Result<Option<Progress>, StoreError> {
    let row = connection.first::<(i64, Option<Utc>)>(read).await.map_err(store_error)?;
    Ok(row.map(|(reached, finished)| Progress { reached, is_whole: finished.is_some() }))
}

/// Writes the row if it does not exist.
async fn begin_if_new(connection: &impl Statements) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["id", "reached"]).values_panic([1_i16.into(), 0_i64.into()]);
    insert.on_conflict(OnConflict::column("id").do_nothing_on(["id"]).to_owned());
    connection.execute(&insert).await.map_err(store_error)?;
    Ok(())
}

/// Says that contacts behind this id may be without trigrams.
pub(super) async fn reach(connection: &impl Statements, id: i64) -> Result<(), StoreError> {
    write(connection, id, None).await
}

async fn write(
    connection: &impl Statements,
    reached: i64,
    finished_at: Option<Utc>,
) -> Result<(), StoreError> {
    let update = Query::update()
        .table(TABLE)
        .values([("reached", reached.into()), ("finished_at", Expr::val(finished_at))])
        .and_where(Expr::col("id").eq(1_i16))
        .to_owned();
    connection.execute(&update).await.map_err(store_error)?;
    Ok(())
}
