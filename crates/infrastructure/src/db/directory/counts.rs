//! How many accounts there are, without counting them.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::pool::Statements;

const TABLE: &str = "account_counts";
/// How many rows share the counts, so that units of work that count seldom wait for each other.
const SHARDS: i64 = 64;

/// What becomes more or fewer with an account.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Change {
    /// Accounts that are not in the trash.
    pub(in super::super) listed: i64,
    /// Entries of the trash.
    pub(in super::super) trashed: i64,
}

/// Counts a change of each of these accounts, in the unit of work that makes it.
pub(in super::super) async fn count(
    connection: &impl Statements,
    accounts: impl IntoIterator<Item = AccountId>,
    change: Change,
) -> Result<(), StoreError> {
    // In order, so that two units never wait for each other.
    let mut shards: BTreeMap<i64, i64> = BTreeMap::new();
    for account in accounts {
        *shards.entry(account.0.rem_euclid(SHARDS)).or_default() += 1;
    }
    let changes = shards.into_iter().map(|(shard, times)| {
        (shard, Change { listed: times * change.listed, trashed: times * change.trashed })
    });
    add(connection, changes.collect()).await
}

/// Counts a change of many accounts at once. It takes one row, that of the first of them, so that a unit of work which
/// counts only this way, once and last, never waits in a circle, and hardly ever in the way of others.
pub(in super::super) async fn count_all(
    connection: &impl Statements,
    first: AccountId,
    change: Change,
) -> Result<(), StoreError> {
    add(connection, vec![(first.0.rem_euclid(SHARDS), change)]).await
}

async fn add(connection: &impl Statements, changes: Vec<(i64, Change)>) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(TABLE).columns(["shard", "listed", "trashed"]);
    for (shard, Change { listed, trashed }) in changes {
        insert.values_panic([shard.into(), listed.into(), trashed.into()]);
    }
    let add = |column: &str| {
        Expr::cust(match connection.get_database_backend() {
            DbBackend::MySql => format!("{column} + VALUES({column})"),
            _ => format!("{TABLE}.{column} + excluded.{column}"),
        })
    };
    let there = OnConflict::column("shard")
        .values([("listed", add("listed")), ("trashed", add("trashed"))])
        .to_owned();
    connection.execute(insert.on_conflict(there)).await.map_err(store_error)?;
    Ok(())
}

/// How many accounts are not in the trash.
pub(in super::super) async fn total_listed(connection: &impl Statements) -> Result<u64, StoreError> {
    total(connection, "listed").await
}

/// How many entries the trash has.
pub(in super::super) async fn total_trashed(connection: &impl Statements) -> Result<u64, StoreError> {
    total(connection, "trashed").await
}

async fn total(connection: &impl Statements, column: &'static str) -> Result<u64, StoreError> {
    let rows = Query::select().column(column).from(TABLE).to_owned();
    let mut total = 0_i64;
    for (shard,) in connection.rows::<(i64,)>(&rows).await.map_err(store_error)? {
        total += shard;
    }
    Ok(u64::try_from(total).unwrap_or_default())
}
