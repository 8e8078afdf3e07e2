//! Removing expired rows.

use sea_orm::DbBackend;
use sea_orm::sea_query::{DeleteStatement, Expr, ExprTrait, Order, Query};
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
    let delete = match connection.get_database_backend() {
        DbBackend::MySql => first(table, column, until, limit),
        _ => listed(table, column, until, limit),
    };
    let deleted = connection.execute(&delete).await.map_err(store_error)?;
    Ok(deleted.rows_affected)
}

/// Removes the first rows of an order. MySQL and MariaDB alone have such a statement, and need it: of a list of ids they
/// read every row of the table and look whether it is in the list.
fn first(table: &'static str, column: &'static str, until: OffsetDateTime, limit: u64) -> DeleteStatement {
    Query::delete()
        .from_table(table)
        .and_where(Expr::col(column).lte(Utc::from(until)))
        .order_by(column, Order::Asc)
        .limit(at_most(limit))
        .to_owned()
}

/// Removes the rows that a list names.
fn listed(table: &'static str, column: &'static str, until: OffsetDateTime, limit: u64) -> DeleteStatement {
    let expired = Query::select()
        .column("id")
        .from(table)
        .and_where(Expr::col(column).lte(Utc::from(until)))
        .order_by(column, Order::Asc)
        .limit(at_most(limit))
        .to_owned();
    Query::delete().from_table(table).and_where(Expr::col("id").in_subquery(expired)).to_owned()
}

/// A limit as the drivers take it: they have no unsigned numbers.
pub(super) fn at_most(limit: u64) -> u64 {
    Ord::min(limit, i64::MAX.unsigned_abs())
}
