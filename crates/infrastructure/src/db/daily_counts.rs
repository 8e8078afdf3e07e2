//! How often what happened.

use async_trait::async_trait;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query};
use time::Date;
use vestibule_domain::statistics::{CountKind, DailyCount, DailyCountRepository};
use vestibule_domain::store::StoreError;

use super::errors::{damaged, store_error};
use super::parts::parts;
use super::pool::Statements as _;
use super::scope::{Handle, SeaScope};

const TABLE: &str = "daily_counts";

#[async_trait]
impl<H: Handle> DailyCountRepository for SeaScope<H> {
    async fn add(&mut self, counts: &[DailyCount]) -> Result<(), StoreError> {
        let mut sorted: Vec<_> = counts.iter().collect();
        // Two nodes that add at once lock the rows in one order, and so never wait for each other in a circle.
        sorted.sort_unstable();
        for part in parts(&sorted) {
            let insert = added(self.writes().get_database_backend(), part);
            self.writes().execute(&insert).await.map_err(store_error)?;
        }
        Ok(())
    }

    async fn since(&mut self, day: Date) -> Result<Vec<DailyCount>, StoreError> {
        let select = Query::select()
            .columns(["day", "surface", "kind", "amount"])
            .from(TABLE)
            .and_where(Expr::col("day").gte(day))
            .to_owned();
        let rows = self.reads().rows::<(Date, String, String, i64)>(&select).await.map_err(store_error)?;
        let known = rows.into_iter().filter_map(|(day, surface, kind, amount)| {
            let kind = CountKind::from_name(&kind)?;
            let count = u64::try_from(amount).map(|amount| DailyCount { day, surface, kind, amount });
            Some(count.map_err(|_negative| damaged(TABLE, "amount", day)))
        });
        let mut counts = known.collect::<Result<Vec<_>, _>>()?;
        counts.sort_unstable();
        Ok(counts)
    }

    async fn purge(&mut self, before: Date) -> Result<u64, StoreError> {
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("day").lt(before)).to_owned();
        Ok(self.writes().execute(&delete).await.map_err(store_error)?.rows_affected)
    }
}

/// The greatest number of the column.
const MOST: u64 = i64::MAX.unsigned_abs();

/// Adds counts to those that are there, in one statement.
fn added(backend: DbBackend, counts: &[&DailyCount]) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["day", "surface", "kind", "amount"]);
    for count in counts {
        let amount = i64::try_from(count.amount).unwrap_or(i64::MAX);
        let (surface, kind) = (count.surface.as_str(), count.kind.as_str());
        insert.values_panic([count.day.into(), surface.into(), kind.into(), amount.into()]);
    }
    // What was to be inserted.
    let more = match backend {
        DbBackend::MySql => "VALUES(amount)",
        _ => "excluded.amount",
    };
    // A sum that is too great would fail, and nothing would be added any more.
    let sum =
        format!("CASE WHEN {TABLE}.amount > {MOST} - {more} THEN {MOST} ELSE {TABLE}.amount + {more} END");
    let counted = OnConflict::columns(["day", "surface", "kind"]).value("amount", Expr::cust(sum)).to_owned();
    insert.on_conflict(counted);
    insert
}
