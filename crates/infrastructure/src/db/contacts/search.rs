//! Searching an address book.

use std::ops::RangeInclusive;

use sea_orm::sea_query::{
    Asterisk, CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, Order, QueryFilter, QueryOrder, QueryResult, QuerySelect,
};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Contact, ContactSearch};
use vestibule_domain::store::StoreError;

use super::super::entities::contacts::{Column, Entity};
use super::super::errors::store_error;
use super::repository::{of_owner, shown};
use super::trigrams::{Field, TABLE};

/// So many candidates are looked at one by one. What is more common than that is soon met by going through
/// the address book itself.
const FEW: u64 = 2_000;
/// So many trigrams of a long text are compared for the rarest.
const COMPARED: usize = 12;

/// The best hit: in a name, else in an address.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    for field in [Field::Name, Field::Email] {
        let hit = match rarest(connection, owner, &field.sought(search.folded())).await? {
            Some((0, _)) => None,
            Some((count, trigrams)) if count < FEW => {
                among(connection, owner, trigrams, field, search).await?
            }
            _ => one_by_one(connection, owner, field, search).await?,
        };
        if hit.is_some() {
            return Ok(hit);
        }
    }
    Ok(None)
}

/// The rarest of some ranges of trigrams, and how many there are of it, up to [`FEW`].
async fn rarest(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    ranges: &[RangeInclusive<i64>],
) -> Result<Option<(u64, RangeInclusive<i64>)>, StoreError> {
    let ranges = ranges.get(..COMPARED).unwrap_or(ranges);
    let mut counts = (0..).zip(ranges).map(|(place, range)| count(owner, range, place));
    let Some(mut select) = counts.next() else { return Ok(None) };
    for count in counts {
        select.union(UnionType::All, count);
    }
    let rows = connection.query_all(&select).await.map_err(store_error)?;
    let counted = rows.iter().map(counted).collect::<Result<Vec<_>, DbErr>>().map_err(store_error)?;
    let least = counted.into_iter().min();
    Ok(least.and_then(|(count, place)| Some((count, ranges.get(place)?.clone()))))
}

fn counted(row: &QueryResult) -> Result<(u64, usize), DbErr> {
    let (count, place): (i64, i32) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok((count.unsigned_abs(), usize::try_from(place).unwrap_or(usize::MAX)))
}

fn count(owner: AccountId, range: &RangeInclusive<i64>, place: i32) -> SelectStatement {
    let some = with_trigrams(owner, range).limit(FEW).to_owned();
    // The place is written out: a parameter would have no type on PostgreSQL.
    Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .expr(Expr::cust(place.to_string()))
        .from_subquery(some, "some_contacts")
        .to_owned()
}

/// The contacts that have such trigrams.
fn with_trigrams(owner: AccountId, range: &RangeInclusive<i64>) -> SelectStatement {
    let mut select = Query::select();
    select.column("contact_id").from(TABLE).and_where(Expr::col("user_id").eq(owner.0));
    if range.start() == range.end() {
        select.and_where(Expr::col("trigram").eq(*range.start()));
    } else {
        select.and_where(Expr::col("trigram").between(*range.start(), *range.end()));
    }
    select
}

/// The best hit among the contacts with such trigrams.
async fn among(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    trigrams: RangeInclusive<i64>,
    field: Field,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    let has = |column, part: &str| contains(connection.get_database_backend(), column, part);
    let preference: SimpleExpr =
        CaseStatement::new().case(has(field.exact(), search.exact()), 0).finally(1).into();
    let find = of_owner(owner)
        .filter(Column::Id.in_subquery(with_trigrams(owner, &trigrams)))
        .filter(has(field.folded(), search.folded()))
        .order_by(preference, Order::Asc)
        .order_by_asc(Column::Id)
        .limit(1);
    shown(connection, find).await
}

/// The best hit, by going through the address book in order of ids until there is one.
async fn one_by_one(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    field: Field,
    search: &ContactSearch,
) -> Result<Option<Contact>, StoreError> {
    // What is there letter for letter is there in folded letters too.
    let Some(hit) = first(connection, owner, field.folded(), search.folded()).await? else {
        return Ok(None);
    };
    let exact = first(connection, owner, field.exact(), search.exact()).await?;
    Ok(Some(exact.unwrap_or(hit)))
}

async fn first(
    connection: &impl ConnectionTrait,
    owner: AccountId,
    column: Column,
    part: &str,
) -> Result<Option<Contact>, StoreError> {
    let has = contains(connection.get_database_backend(), column, part);
    let find = of_owner(owner).filter(has).order_by_asc(Column::Id).limit(1);
    shown(connection, find).await
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
