//! Reading the list of movies, and one movie.

use sea_orm::sea_query::{Asterisk, Expr, Func, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use time::Date;
use vestibule_domain::catalogue::{Country, MovieDetail, MovieFacts, MovieId, MovieSummary};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::blocks::{self, FAR};
use super::super::entities::movies::{Column, Entity};
use super::super::entities::{countries, movies};
use super::super::errors::{damaged, store_error};
use super::super::expiry::at_most;
use super::super::pool::{Columns, Places, Statements, row};
use super::links::linked;

/// A part of the list of so many movies, newest id first.
pub(super) async fn list(
    connection: &impl Statements,
    page: PageRequest,
    total: u64,
) -> Result<Vec<MovieSummary>, StoreError> {
    if page.offset >= total {
        return Ok(Vec::new());
    }
    // The database walks over an offset row by row, so what is nearer to the end of the list is read from there.
    let behind = total - page.offset;
    let limit = page.limit.get().min(behind);
    let passed_over = Ord::min(page.offset, behind - limit);
    let backend = connection.get_database_backend();
    let is_far = passed_over > FAR && blocks::are_counted(backend);
    let from_the_end = passed_over < page.offset && !is_far;
    let find = if is_far {
        Entity::find().filter(blocks::movies(backend, page)).order_by_desc(Column::Id)
    } else if from_the_end {
        Entity::find().order_by_asc(Column::Id).offset(passed_over).limit(limit)
    } else {
        Entity::find().order_by_desc(Column::Id).offset(page.offset).limit(limit)
    };
    let mut items = summaries(connection, find).await?;
    if from_the_end {
        items.reverse();
    }
    Ok(items)
}

/// The next movies before an id, or the newest ones, newest id first.
pub(super) async fn before(
    connection: &impl Statements,
    before: Option<MovieId>,
    limit: u64,
) -> Result<Vec<MovieSummary>, StoreError> {
    let find = Entity::find().order_by_desc(Column::Id).limit(at_most(limit));
    let find = match before {
        Some(before) => find.filter(Column::Id.lt(before.0)),
        None => find,
    };
    summaries(connection, find).await
}

async fn summaries(
    connection: &impl Statements,
    find: Select<Entity>,
) -> Result<Vec<MovieSummary>, StoreError> {
    let find =
        find.select_only().columns([Column::Id, Column::Name, Column::Date, Column::Score, Column::Overview]);
    let rows = connection.rows::<SummaryRow>(find.as_query()).await.map_err(store_error)?;
    Ok(rows.into_iter().map(MovieSummary::from).collect())
}

/// Counts over the smallest index, or where blocks are counted adds them up. The count that sea-orm would make, over a
/// subquery of all columns, reads every row on some backends.
pub(super) async fn count(connection: &impl Statements) -> Result<u64, StoreError> {
    let mut count = Query::select();
    if blocks::are_counted(connection.get_database_backend()) {
        count
            .expr(Func::coalesce([Func::sum(Expr::col("movies")).into(), Expr::val(0_i64)]))
            .from("movie_blocks");
    } else {
        count.expr(Func::count(Expr::col(Asterisk))).from(Entity);
    }
    let row = connection.first::<(i64,)>(&count).await.map_err(store_error)?;
    Ok(row.map_or(0, |(total,)| total.unsigned_abs()))
}

/// A movie with its country and names.
pub(super) async fn detail(
    connection: &impl Statements,
    id: MovieId,
) -> Result<Option<MovieDetail>, StoreError> {
    // Links are added and removed together with their movie. The movie is read first, so its links exist by then. If
    // the movie is removed meanwhile, all links are missing, so a movie without links is looked for once more.
    let find = Entity::find_by_id(id.0).find_also_related(countries::Entity);
    let found = connection.first(find.limit(1).as_query()).await.map_err(store_error)?;
    let Some(DetailRow { movie, country }) = found else { return Ok(None) };
    let country = country.ok_or_else(|| damaged("movies", "country_id", id.0))?;
    let names = linked(connection, id).await?;
    if names.iter().all(Vec::is_empty) && !is_there(connection, id).await? {
        return Ok(None);
    }
    let [genres, actors, languages] = names;
    Ok(Some(MovieDetail {
        id,
        facts: MovieFacts::try_from(movie)?,
        country: Country::from(country),
        genres,
        actors,
        languages,
    }))
}

async fn is_there(connection: &impl Statements, id: MovieId) -> Result<bool, StoreError> {
    let find = Entity::find_by_id(id.0).select_only().column(Column::Id);
    let found = connection.first::<(i64,)>(find.as_query()).await.map_err(store_error)?;
    Ok(found.is_some())
}

/// A movie, and its country if it is there.
pub(super) struct DetailRow {
    pub(super) movie: movies::Model,
    pub(super) country: Option<countries::Model>,
}

impl Columns for DetailRow {
    fn read(places: &mut impl Places) -> Result<Self, DbErr> {
        let movie = movies::Model::read(places)?;
        let (id, code, name) = (places.next()?, places.next()?, places.next()?);
        let country = countries::Model::joined(id, code, name);
        Ok(Self { movie, country })
    }
}

row!(SummaryRow: id, name, date, score, overview);

struct SummaryRow {
    id: i64,
    name: String,
    date: Date,
    score: f64,
    overview: String,
}

impl From<SummaryRow> for MovieSummary {
    fn from(row: SummaryRow) -> Self {
        Self { id: MovieId(row.id), name: row.name, date: row.date, score: row.score, overview: row.overview }
    }
}
