//! Points.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::points::{EntryId, LedgerSum, PointsChange, PointsEntry, PointsKind, PointsRepository};
use vestibule_domain::store::StoreError;

use super::entities::points_entries::{ActiveModel, Column, Entity, TABLE};
use super::entities::users;
use super::errors::store_error;
use super::expiry::at_most;
use super::pool::{Statements as _, row};
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> PointsRepository for SeaScope<H> {
    async fn apply(&mut self, change: &PointsChange) -> Result<Option<i64>, StoreError> {
        let points = change.points.get();
        let balance = Expr::col(users::Column::Points);
        let (changed, fits) = match change.kind {
            PointsKind::Add => (balance.add(points), users::Column::Points.lte(i64::MAX - points)),
            PointsKind::Deduct => (balance.sub(points), users::Column::Points.gte(points)),
        };
        let together = self.together().await?;
        let update = users::Entity::update_many()
            .col_expr(users::Column::Points, changed)
            .filter(users::Column::Id.eq(change.account.0))
            .filter(users::Column::DeletedAt.is_null())
            .filter(fits);
        let is_changed = together.run(update).await.map_err(store_error)?.rows_affected > 0;
        let mut balance = None;
        if is_changed {
            // The row is ours until the end of the unit, so this is what the statement above made of it.
            let find =
                users::Entity::find_by_id(change.account.0).select_only().column(users::Column::Points);
            let found = together.first::<(i64,)>(find.as_query()).await.map_err(store_error)?;
            let (found,) = found.ok_or_else(|| StoreError::Unexpected("the account is gone".into()))?;
            let entry = Entity::insert(ActiveModel::of_change(change, found));
            together.run(entry).await.map_err(store_error)?;
            balance = Some(found);
        }
        together.commit().await.map_err(store_error)?;
        Ok(balance)
    }

    async fn history(
        &mut self,
        account: AccountId,
        before: Option<EntryId>,
        limit: u64,
    ) -> Result<Vec<PointsEntry>, StoreError> {
        let mut find = Entity::find().filter(Column::UserId.eq(account.0));
        if let Some(before) = before {
            find = find.filter(Column::Id.lt(before.0));
        }
        let find = find.order_by_desc(Column::Id).limit(at_most(limit));
        let rows = self.reads().all(find).await.map_err(store_error)?;
        rows.into_iter().map(PointsEntry::try_from).collect()
    }

    async fn sums(&mut self, after: AccountId, limit: u64) -> Result<Vec<LedgerSum>, StoreError> {
        let reads = self.reads();
        let rows = reads.rows::<SumRow>(&sums(reads.get_database_backend(), after, limit)).await;
        Ok(rows.map_err(store_error)?.into_iter().map(LedgerSum::from).collect())
    }
}

/// The sums of a ledger may pass 64 bits on the way, where deductions follow. So both halves of the amounts are summed
/// up by themselves.
const SUMS: [(&str, &str); 4] = [
    ("added_high", "CASE WHEN entries.kind = 'deduct' THEN 0 ELSE entries.amount >> 32 END"),
    ("added_low", "CASE WHEN entries.kind = 'deduct' THEN 0 ELSE entries.amount & 4294967295 END"),
    ("deducted_high", "CASE WHEN entries.kind = 'deduct' THEN entries.amount >> 32 ELSE 0 END"),
    ("deducted_low", "CASE WHEN entries.kind = 'deduct' THEN entries.amount & 4294967295 ELSE 0 END"),
];

/// One statement, which sees balances and entries of one moment.
fn sums(backend: DbBackend, after: AccountId, limit: u64) -> SelectStatement {
    const ACCOUNTS: &str = "accounts";
    const ENTRIES: &str = "entries";
    let integer = match backend {
        DbBackend::MySql => "signed",
        _ => "bigint",
    };
    let accounts = Query::select()
        .columns(["id", "uuid", "points"])
        .from("users")
        .and_where(Expr::col("id").gt(after.0))
        .order_by("id", Order::Asc)
        .limit(at_most(limit))
        .to_owned();
    let mut select = Query::select();
    select
        .columns([(ACCOUNTS, "id"), (ACCOUNTS, "uuid"), (ACCOUNTS, "points")])
        .from_subquery(accounts, ACCOUNTS)
        .join_as(JoinType::LeftJoin, TABLE, ENTRIES, Expr::col((ENTRIES, "user_id")).equals((ACCOUNTS, "id")))
        .group_by_columns([(ACCOUNTS, "id"), (ACCOUNTS, "uuid"), (ACCOUNTS, "points")])
        .order_by((ACCOUNTS, "id"), Order::Asc);
    for (name, amount) in SUMS {
        select.expr_as(Expr::cust(format!("CAST(COALESCE(SUM({amount}), 0) AS {integer})")), name);
    }
    select
}

struct SumRow {
    id: i64,
    uuid: Uuid,
    points: i64,
    added_high: i64,
    added_low: i64,
    deducted_high: i64,
    deducted_low: i64,
}

row!(SumRow: id, uuid, points, added_high, added_low, deducted_high, deducted_low);

impl From<SumRow> for LedgerSum {
    fn from(row: SumRow) -> Self {
        let sum = |high, low| (i128::from(high) << 32) + i128::from(low);
        Self {
            account: AccountId(row.id),
            uuid: AccountUuid(row.uuid),
            balance: row.points,
            entries: sum(row.added_high, row.added_low) - sum(row.deducted_high, row.deducted_low),
        }
    }
}
