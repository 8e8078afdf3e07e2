//! Removing expired rows.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use time::OffsetDateTime;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::errors::store_error;
use super::pool::Statements;

/// Removes up to `limit` rows of a table that expired at or before `now`, oldest first, and answers how many. The
/// table has the columns `id` and `expires_at`.
pub(super) async fn purge_expired(
    connection: &impl Statements,
    table: &'static str,
    now: OffsetDateTime,
    limit: u64,
) -> Result<u64, StoreError> {
    purge(connection, table, "expires_at", now, limit).await
}

/// Does the same by another column of times. Rows whose column is null stay.
pub(super) async fn purge(
    connection: &impl Statements,
    table: &'static str,
    column: &'static str,
    until: OffsetDateTime,
    limit: u64,
) -> Result<u64, StoreError> {
    let expired = Query::select()
        .column("id")
        .from(table)
        .and_where(Expr::col(column).lte(Utc::from(until)))
        .order_by(column, Order::Asc)
        .limit(at_most(limit))
        .to_owned();
    // MySQL allows neither a limit nor the same table in such a list, unless the list is a derived table.
    let ids = Query::select().column("id").from_subquery(expired, "expired").to_owned();
    let delete = Query::delete().from_table(table).and_where(Expr::col("id").in_subquery(ids)).to_owned();
    let deleted = connection.execute(&delete).await.map_err(store_error)?;
    Ok(deleted.rows_affected)
}

/// A limit as the drivers take it: they have no unsigned numbers.
pub(super) fn at_most(limit: u64) -> u64 {
    Ord::min(limit, i64::MAX.unsigned_abs())
}
