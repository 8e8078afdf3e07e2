//! Searching an address book.

use sea_orm::sea_query::{
    Asterisk, CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, Order, QueryFilter, QueryOrder, QuerySelect};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::ContactSearch;
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Entity, Model};
use super::super::errors::store_error;
use super::repository::of_owner;
use super::trigrams::{TABLE, Trigrams};

/// So many candidates are looked at one by one. Of what is more common than that a hit is soon met by going
/// through the address book itself.
const FEW: u64 = 2_000;
/// So many trigrams of a long text are compared for the rarest.
const COMPARED: usize = 12;

/// The best hit.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    search: &ContactSearch,
) -> Result<Option<Model>, StoreError> {
    let trigrams = Trigrams::of_search(search.folded());
    let mut rarest: Option<(u64, i32)> = None;
    if !trigrams.is_empty() {
        for (count, trigram) in counts(connection, owner, &trigrams).await? {
            rarest = rarest.min(Some((count, trigram))).or(Some((count, trigram)));
        }
    }
    match rarest {
        Some((0, _)) => Ok(None),
        Some((count, trigram)) if count < FEW => among(connection, owner, trigram, search).await,
        _ => one_by_one(connection, owner, search).await,
    }
}

/// In how many contacts each trigram is, up to [`FEW`].
async fn counts(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    trigrams: &[i32],
) -> Result<Vec<(u64, i32)>, StoreError> {
    let mut counts = trigrams.iter().take(COMPARED).map(|trigram| count(owner, *trigram));
    let Some(mut select) = counts.next() else { return Ok(Vec::new()) };
    for count in counts {
        select.union(UnionType::All, count);
    }
    let rows = connection.query_all(&select).await.map_err(store_error)?;
    let read = |row: &sea_orm::QueryResult| {
        let count: i64 = row.try_get_by_index(0)?;
        Ok((count.unsigned_abs(), row.try_get_by_index(1)?))
    };
    rows.iter().map(read).collect::<Result<_, sea_orm::DbErr>>().map_err(store_error)
}

fn count(owner: AccountId, trigram: i32) -> SelectStatement {
    let mut some = Query::select();
    some.column("contact_id")
        .from(TABLE)
        .and_where(Expr::col("user_id").eq(owner.0))
        .and_where(Expr::col("trigram").eq(trigram))
        .limit(FEW);
    // The number is written out: a parameter would have no type on PostgreSQL.
    Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .expr(Expr::cust(trigram.to_string()))
        .from_subquery(some, "some_trigrams")
        .to_owned()
}

/// The best hit among the contacts with this trigram.
async fn among(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    trigram: i32,
    search: &ContactSearch,
) -> Result<Option<Model>, StoreError> {
    let has = |column, part: &str| contains(connection.get_database_backend(), column, part);
    let candidates = Query::select()
        .column("contact_id")
        .from(TABLE)
        .and_where(Expr::col("user_id").eq(owner.0))
        .and_where(Expr::col("trigram").eq(trigram))
        .to_owned();
    let preference: SimpleExpr = CaseStatement::new()
        .case(has(Column::Fullname, search.exact()), 0)
        .case(has(Column::FullnameFolded, search.folded()), 1)
        .case(has(Column::Email, search.exact()), 2)
        .finally(3)
        .into();
    of_owner(owner)
        .filter(Column::Id.in_subquery(candidates))
        .filter(has(Column::FullnameFolded, search.folded()).or(has(Column::EmailFolded, search.folded())))
        .order_by(preference, Order::Asc)
        .order_by_asc(Column::Id)
        .limit(1)
        .one(connection)
        .await
        .map_err(store_error)
}

/// The best hit, by going through the address book in order of ids until there is one.
async fn one_by_one(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    search: &ContactSearch,
) -> Result<Option<Model>, StoreError> {
    for (column, folded) in [(Column::Fullname, Column::FullnameFolded), (Column::Email, Column::EmailFolded)]
    {
        // What is there letter for letter is there in folded letters too.
        if let Some(hit) = first(connection, owner, folded, search.folded()).await? {
            let exact = first(connection, owner, column, search.exact()).await?;
            return Ok(Some(exact.unwrap_or(hit)));
        }
    }
    Ok(None)
}

async fn first(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    column: Column,
    part: &str,
) -> Result<Option<Model>, StoreError> {
    let has = contains(connection.get_database_backend(), column, part);
    let find = of_owner(owner).filter(has).order_by_asc(Column::Id).limit(1);
    find.one(connection).await.map_err(store_error)
}

/// Whether a part is in a column, letter for letter. Not by `LIKE`, which on SQLite and by the collations
/// of others does not tell letter cases apart.
fn contains(backend: DbBackend, column: Column, part: &str) -> SimpleExpr {
    let position = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    let column = Expr::col((Entity, column));
    Expr::expr(Func::cust(position).arg(column).arg(Expr::val(part))).gt(0)
}
