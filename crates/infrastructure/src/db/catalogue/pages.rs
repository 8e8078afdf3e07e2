//! Pages of the list of movies, newest id first.

use std::sync::LazyLock;

use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement, SqliteQueryBuilder, Value};
use sea_orm::{ColumnTrait, DbBackend, DbErr, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement};
use vestibule_domain::catalogue::MovieSummary;
use vestibule_domain::page::{Page, PageRequest};
use vestibule_domain::store::StoreError;

use super::super::blocks::{self, Blocks, number};
use super::super::entities::movies::{Column, Entity};
use super::super::errors::store_error;
use super::super::pool::{Columns, KeptText, Places, Statements};
use super::summaries::{SummaryRow, summaries};

/// Movies to pass over, fewer than which are passed over as soon as blocks are read on SQLite.
const NEAR: u64 = 100;

/// Movies to pass over, fewer than which are passed over as soon as PostgreSQL looks for the place by the counts.
const FAR: u64 = 1_000;

/// The movies of a page on PostgreSQL. The ids come from a function that keeps its plan
/// (`migration/src/m20261130_050_kept_plans.rs`), as an array: PostgreSQL looks each of them up, however many it takes them
/// for. Of a list of ids it would think that they are a tenth of the table, and read all of it.
const ON_PAGE: &str = "movies.id = ANY ((SELECT movies_page($1, $2))::bigint[])";

static NEWEST: KeptText =
    KeptText::of(|_| summaries().order_by_desc(Column::Id).limit(1).offset(1).into_query());
static OLDEST: KeptText =
    KeptText::of(|_| summaries().order_by_asc(Column::Id).limit(1).offset(1).into_query());
/// Against the order of the list, on SQLite, from the lowest id of a block, `?3`, which is `?4`.
static FROM_THE_END: LazyLock<String> = LazyLock::new(|| {
    let find = summaries().filter(Expr::cust("id >= ?3")).order_by_asc(Column::Id).into_query();
    let now = "SELECT movies FROM movie_blocks WHERE block = ?4";
    format!("{} {}", find.to_string(SqliteQueryBuilder), blocks::from_the_end(now))
});
static NEWEST_UP_TO: KeptText = KeptText::of(|_| {
    summaries().filter(Column::Id.lte(0_i64)).order_by_desc(Column::Id).limit(1).offset(1).into_query()
});
static NEWEST_COUNTED: KeptText = KeptText::of(|backend| {
    let total = Expr::SubQuery(None, Box::new(counting(backend).into()));
    summaries().expr(total).order_by_desc(Column::Id).limit(1).offset(1).into_query()
});
static COUNT: KeptText = KeptText::of(counting);

/// A part of the list, and how many movies there are.
///
/// Every statement costs SQLite as much as several rows do, so there the newest movies come with their number, and for a
/// page behind them the blocks tell both where it is and how many movies there are.
pub(super) async fn page(
    connection: &impl Statements,
    page: PageRequest,
) -> Result<Page<MovieSummary>, StoreError> {
    let backend = connection.get_database_backend();
    if backend != DbBackend::Sqlite {
        let total = count(connection).await?;
        return Ok(Page { items: list(connection, page, total).await?, total });
    }
    if page.offset < NEAR {
        let find = NEWEST_COUNTED.with(backend, [page.limit.get().into(), page.offset.into()]);
        let rows = connection.rows_of::<CountedRow>(find).await.map_err(store_error)?;
        let total = match rows.first() {
            Some(row) => row.total.unsigned_abs(),
            None => count(connection).await?,
        };
        return Ok(Page { items: rows.into_iter().map(|row| row.movie.into()).collect(), total });
    }
    let blocks = counted(connection).await?;
    Ok(Page { items: by_blocks(connection, page, &blocks).await?, total: blocks.total() })
}

/// A part of the list of so many movies.
pub(super) async fn list(
    connection: &impl Statements,
    page: PageRequest,
    total: u64,
) -> Result<Vec<MovieSummary>, StoreError> {
    if page.offset >= total {
        return Ok(Vec::new());
    }
    let backend = connection.get_database_backend();
    // The database walks over an offset row by row, so what is nearer to the end of the list is read from there.
    let behind = total - page.offset;
    let limit = page.limit.get().min(behind);
    let passed_over = Ord::min(page.offset, behind - limit);
    if passed_over > FAR && backend == DbBackend::Sqlite {
        let blocks = counted(connection).await?;
        return by_blocks(connection, page, &blocks).await;
    }
    if passed_over > FAR && blocks::are_counted(backend) {
        let on_page = Expr::cust_with_values(ON_PAGE, [number(page.offset), number(page.limit.get())]);
        let find = summaries().filter(on_page).order_by_desc(Column::Id);
        return items(connection, backend.build(find.as_query()), false).await;
    }
    if passed_over < page.offset {
        return items(connection, OLDEST.with(backend, [limit.into(), passed_over.into()]), true).await;
    }
    items(connection, NEWEST.with(backend, [limit.into(), page.offset.into()]), false).await
}

/// A part of the list, from the nearest end of the block in which it begins.
async fn by_blocks(
    connection: &impl Statements,
    page: PageRequest,
    blocks: &Blocks,
) -> Result<Vec<MovieSummary>, StoreError> {
    let Some(place) = blocks.place(page) else { return Ok(Vec::new()) };
    if place.is_near_the_end {
        let values =
            [number(place.before), number(place.limit), place.lowest(), place.block].map(Value::from);
        let find = Statement::from_sql_and_values(DbBackend::Sqlite, FROM_THE_END.as_str(), values);
        let items = items(connection, find, true).await?;
        if u64::try_from(items.len()) == Ok(place.limit) {
            return Ok(items);
        }
    }
    let values = [place.highest().into(), place.limit.into(), place.before.into()];
    items(connection, NEWEST_UP_TO.with(DbBackend::Sqlite, values), false).await
}

/// How many movies there are in each block, the newest first.
async fn counted(connection: &impl Statements) -> Result<Blocks, StoreError> {
    let find = "SELECT block, movies FROM movie_blocks ORDER BY block DESC";
    let find = Statement::from_string(DbBackend::Sqlite, find);
    Blocks::read(connection, find).await.map_err(store_error)
}

async fn items(
    connection: &impl Statements,
    find: Statement,
    is_from_the_end: bool,
) -> Result<Vec<MovieSummary>, StoreError> {
    let rows = connection.rows_of::<SummaryRow>(find).await.map_err(store_error)?;
    let mut items: Vec<_> = rows.into_iter().map(MovieSummary::from).collect();
    if is_from_the_end {
        items.reverse();
    }
    Ok(items)
}

async fn count(connection: &impl Statements) -> Result<u64, StoreError> {
    let count = COUNT.with(connection.get_database_backend(), []);
    let rows = connection.rows_of::<(i64,)>(count).await.map_err(store_error)?;
    Ok(rows.first().map_or(0, |(total,)| total.unsigned_abs()))
}

/// Counts over the smallest index, or where blocks are counted adds them up. The count that sea-orm would make, over a
/// subquery of all columns, reads every row on some backends.
fn counting(backend: DbBackend) -> SelectStatement {
    let mut count = Query::select();
    if blocks::are_counted(backend) {
        count
            .expr(Func::coalesce([Func::sum(Expr::col("movies")).into(), Expr::cust("0")]))
            .from("movie_blocks");
    } else {
        count.expr(Func::count(Expr::col(Asterisk))).from(Entity);
    }
    count
}

struct CountedRow {
    movie: SummaryRow,
    total: i64,
}

impl Columns for CountedRow {
    fn read(places: &mut impl Places) -> Result<Self, DbErr> {
        Ok(Self { movie: SummaryRow::read(places)?, total: places.next()? })
    }
}
