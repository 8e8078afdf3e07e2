//! Searching the directory for a part of a name.
//!
//! What few names have is found by the trigram that the fewest have: those names are looked at, all of them, or on
//! PostgreSQL those that have other rare trigrams of the part too. What
//! many have is soon met in the order of the directory, so names are looked at from its beginning.

use std::ops::RangeInclusive;

use sea_orm::DbBackend;
use sea_orm::sea_query::{
    Asterisk, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement, SimpleExpr, UnionType,
};
use vestibule_domain::accounts::COUNTED_HITS;
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::expiry::at_most;
use super::super::pool::Statements;
use super::names::{NAMES, TRIGRAMS, sought};

/// So many rows of a trigram are looked at, all of them.
const FEW: u64 = COUNTED_HITS;
/// So many names, the first of the directory, are looked at to count what is common.
const SAMPLE: u64 = 10 * COUNTED_HITS;
/// So many trigrams of a long part are compared for the rarest.
const COMPARED: usize = 8;
/// So many more of them sift the names with the rarest.
const SIFTED: usize = OTHERS.len();
/// What those are called.
const OTHERS: [&str; 2] = ["second", "third"];

/// The ids of a page of the accounts whose names have the part, and how many they are.
pub(super) async fn page(
    connection: &impl Statements,
    part: &str,
    page: PageRequest,
) -> Result<(Vec<i64>, u64), StoreError> {
    let mut ranges = sought(part);
    // A single range says all.
    let is_exact = ranges.len() == 1;
    ranges.truncate(COMPARED);
    let counted = by_rarity(connection, ranges).await?;
    let Some(((rows, rarest), others)) = counted.split_first() else { return Ok((Vec::new(), 0)) };
    if *rows == 0 {
        return Ok((Vec::new(), 0));
    }
    let backend = connection.get_database_backend();
    let has = contains(backend, Expr::col("name"), part);
    let is_few = *rows < FEW;
    let hits = match (is_few, is_exact) {
        (true, true) => with_trigram(rarest).distinct().to_owned(),
        (true, false) if backend == DbBackend::Postgres => {
            named(backend, with_all(rarest, beside(*rows, others)), part)
        }
        (true, false) => named(backend, with_trigram(rarest), part),
        // The rows of one trigram are in the order of the directory already.
        (false, true) if rarest.start() == rarest.end() => with_trigram(rarest),
        (false, _) => Query::select().columns(PLACE).from(NAMES).and_where(has.clone()).to_owned(),
    };
    let limit = page.limit.get();
    // One more than the page has tells whether another one follows.
    let mut ids = in_order(connection, &hits, page.offset, limit.saturating_add(1)).await?;
    let met = page.offset.saturating_add(ids.len() as u64);
    let is_end = ids.len() as u64 <= limit && (page.offset == 0 || !ids.is_empty());
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if is_end {
        return Ok((ids, met));
    }
    let counted = match (is_few, rarest.start() == rarest.end() && is_exact) {
        (true, _) => count(connection, hits).await?,
        (false, true) => count(connection, hits.clone().limit(SAMPLE).to_owned()).await?,
        (false, false) => count(connection, of_sample(has)).await?,
    };
    // Past the end nothing is met.
    Ok(if ids.is_empty() { (ids, counted) } else { (ids, Ord::max(counted, met)) })
}

/// The ranges and how many rows have each, up to [`FEW`], the rarest first.
async fn by_rarity(
    connection: &impl Statements,
    ranges: Vec<RangeInclusive<i64>>,
) -> Result<Vec<(u64, RangeInclusive<i64>)>, StoreError> {
    let mut counts = (0..).zip(&ranges).map(|(place, range)| counted(place, range));
    let Some(mut select) = counts.next() else { return Ok(Vec::new()) };
    for count in counts {
        select.union(UnionType::All, count);
    }
    let rows = connection.rows::<(i64, i32)>(&select).await.map_err(store_error)?;
    let mut counted: Vec<(u64, usize)> = rows.into_iter().map(read).collect();
    counted.sort_unstable();
    Ok(counted.iter().filter_map(|(rows, place)| Some((*rows, ranges.get(*place)?.clone()))).collect())
}

/// The trigrams by which the names with the rarest are sifted before they are looked at. Reading an entry of a trigram
/// takes a thirtieth of looking at a name, so those that few names have are worth it, and one that many have is if there
/// would be many names to look at.
fn beside(rarest: u64, others: &[(u64, RangeInclusive<i64>)]) -> impl Iterator<Item = &RangeInclusive<i64>> {
    let few = others.iter().take_while(|(rows, _)| *rows < FEW).count();
    let worth_it = if few == 0 && rarest > FEW / 4 { 1 } else { Ord::min(few, SIFTED) };
    others.iter().take(worth_it).map(|(_, range)| range)
}

fn read((count, place): (i64, i32)) -> (u64, usize) {
    (count.unsigned_abs(), usize::try_from(place).unwrap_or(usize::MAX))
}

fn counted(place: i32, range: &RangeInclusive<i64>) -> SelectStatement {
    let some = with_trigram(range).limit(FEW).to_owned();
    // The place is written out: a parameter would have no type on PostgreSQL.
    Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .expr(Expr::cust(place.to_string()))
        .from_subquery(some, "some_names")
        .to_owned()
}

/// Where an account stands in the directory.
const PLACE: [&str; 2] = ["created_at_us", "user_id"];

/// The rows that have such a trigram.
fn with_trigram(range: &RangeInclusive<i64>) -> SelectStatement {
    let trigram = Expr::col((TRIGRAMS, "trigram"));
    let mut select = Query::select();
    select.columns(PLACE.map(|column| (TRIGRAMS, column))).from(TRIGRAMS);
    if range.start() == range.end() {
        select.and_where(trigram.eq(*range.start()));
    } else {
        select.and_where(trigram.between(*range.start(), *range.end()));
    }
    select
}

/// The rows that have such a trigram and whose names have all these others, of one trigram each: for PostgreSQL, which
/// goes through all of them side by side, in the order that they have.
fn with_all<'a>(
    rarest: &RangeInclusive<i64>,
    others: impl Iterator<Item = &'a RangeInclusive<i64>>,
) -> SelectStatement {
    let mut all = with_trigram(rarest);
    for (alias, other) in OTHERS.into_iter().zip(others) {
        let same = |column| Expr::col((alias, column)).equals((TRIGRAMS, column));
        let [created_at, id] = PLACE;
        let has = Expr::col((alias, "trigram")).eq(*other.start());
        all.join_as(JoinType::InnerJoin, TRIGRAMS, alias, same(created_at).and(same(id)).and(has));
    }
    // Without it, names would be looked at before the others have sifted them.
    let sifted = all.offset(0).to_owned();
    Query::select().columns(PLACE.map(|column| (TRIGRAMS, column))).from_subquery(sifted, TRIGRAMS).to_owned()
}

/// Those of these rows whose name has the part. The name is looked up for each by itself: of a join PostgreSQL makes a
/// look at all names, however few rows there are.
fn named(backend: DbBackend, mut rows: SelectStatement, part: &str) -> SelectStatement {
    let same = |column| Expr::col((NAMES, column)).equals((TRIGRAMS, column));
    let name = Query::select()
        .column((NAMES, "name"))
        .from(NAMES)
        .and_where(same("created_at_us"))
        .and_where(same("user_id"))
        .to_owned();
    let name = SimpleExpr::SubQuery(None, Box::new(name.into()));
    rows.and_where(contains(backend, name, part)).to_owned()
}

/// The ids of some of the hits, in the order of the directory.
async fn in_order(
    connection: &impl Statements,
    hits: &SelectStatement,
    offset: u64,
    limit: u64,
) -> Result<Vec<i64>, StoreError> {
    let [created_at, id] = PLACE;
    let ids = Query::select()
        .column(id)
        .from_subquery(hits.clone(), "hits")
        .order_by(created_at, Order::Asc)
        .order_by(id, Order::Asc)
        .offset(at_most(offset))
        .limit(limit)
        .to_owned();
    let rows = connection.rows::<(i64,)>(&ids).await.map_err(store_error)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Those of the first names of the directory that have the part.
fn of_sample(has: SimpleExpr) -> SelectStatement {
    let [created_at, id] = PLACE;
    let first = Query::select()
        .column("name")
        .from(NAMES)
        .order_by(created_at, Order::Asc)
        .order_by(id, Order::Asc)
        .limit(SAMPLE)
        .to_owned();
    Query::select().expr(Expr::cust("1")).from_subquery(first, "sample").and_where(has).to_owned()
}

async fn count(connection: &impl Statements, hits: SelectStatement) -> Result<u64, StoreError> {
    let count = Query::select().expr(Func::count(Expr::col(Asterisk))).from_subquery(hits, "hits").to_owned();
    let row = connection.first::<(i64,)>(&count).await.map_err(store_error)?;
    Ok(row.map_or(0, |(count,)| count.unsigned_abs()))
}

/// Whether a name has the part, letter for letter: neither a collation nor a pattern has a say.
fn contains(backend: DbBackend, name: SimpleExpr, part: &str) -> SimpleExpr {
    let position = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    Expr::expr(Func::cust(position).arg(name).arg(Expr::val(part))).gt(0)
}
