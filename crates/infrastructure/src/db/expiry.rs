//! Removing what has expired.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use time::OffsetDateTime;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::errors::store_error;

/// Removes the rows of a table with the columns `id` and `expires_at` that expired at or before
/// `now`, oldest first and `limit` at the most. Answers how many.
pub(super) async fn purge_expired(
    connection: &impl ConnectionTrait,
    table: &'static str,
    now: OffsetDateTime,
    limit: u64,
) -> Result<u64, StoreError> {
    purge(connection, table, "expires_at", now, limit).await
}

/// Likewise by another column of times; rows without one stay.
pub(super) async fn purge(
    connection: &impl ConnectionTrait,
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
    // MySQL takes neither a limit nor the table itself in such a list, unless it is a table of its own.
    let ids = Query::select().column("id").from_subquery(expired, "expired").to_owned();
    let delete = Query::delete().from_table(table).and_where(Expr::col("id").in_subquery(ids)).to_owned();
    let deleted = connection.execute(&delete).await.map_err(store_error)?;
    Ok(deleted.rows_affected())
}

/// A limit as the drivers take it, which have no unsigned numbers.
pub(super) fn at_most(limit: u64) -> u64 {
    Ord::min(limit, i64::MAX.unsigned_abs())
}
