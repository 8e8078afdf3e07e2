//! Reading the list of movies, and one movie.

use sea_orm::sea_query::{Asterisk, Expr, Func, Query};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryOrder, QuerySelect};
use time::Date;
use vestibule_domain::catalogue::{Country, MovieDetail, MovieFacts, MovieId, MovieSummary};
use vestibule_domain::page::PageRequest;
use vestibule_domain::store::StoreError;

use super::super::entities::countries;
use super::super::entities::movies::{Column, Entity};
use super::super::errors::{damaged, store_error};
use super::links::linked;

/// A part of the list of so many movies, newest id first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    page: PageRequest,
    total: u64,
) -> Result<Vec<MovieSummary>, StoreError> {
    if page.offset >= total {
        return Ok(Vec::new());
    }
    // The database walks over an offset row by row, so the second half of the list is read from its other end.
    let behind = total - page.offset;
    let limit = page.limit.get().min(behind);
    let from_the_end = page.offset > total / 2;
    let find = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::Date, Column::Score, Column::Overview])
        .limit(limit);
    let find = if from_the_end {
        find.order_by_asc(Column::Id).offset(behind - limit)
    } else {
        find.order_by_desc(Column::Id).offset(page.offset)
    };
    let rows = find.into_model::<SummaryRow>().all(connection).await.map_err(store_error)?;
    let mut items: Vec<_> = rows.into_iter().map(MovieSummary::from).collect();
    if from_the_end {
        items.reverse();
    }
    Ok(items)
}

/// Counts over the smallest index. The count that sea-orm would make, over a subquery of all columns, reads every row
/// on some backends.
pub(super) async fn count(connection: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let count = Query::select().expr(Func::count(Expr::col(Asterisk))).from(Entity).to_owned();
    let row = connection.query_one(&count).await.map_err(store_error)?;
    let total: i64 = match row {
        Some(row) => row.try_get_by_index(0).map_err(store_error)?,
        None => 0,
    };
    Ok(total.unsigned_abs())
}

/// A movie with its country and names.
pub(super) async fn detail(
    connection: &impl ConnectionTrait,
    id: MovieId,
) -> Result<Option<MovieDetail>, StoreError> {
    // Links are added and removed together with their movie. The movie is read first, so its links exist by then. If
    // the movie is removed meanwhile, all links are missing, so a movie without links is looked for once more.
    let find = Entity::find_by_id(id.0).find_also_related(countries::Entity);
    let Some((movie, country)) = find.one(connection).await.map_err(store_error)? else {
        return Ok(None);
    };
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

async fn is_there(connection: &impl ConnectionTrait, id: MovieId) -> Result<bool, StoreError> {
    let find = Entity::find_by_id(id.0).select_only().column(Column::Id);
    let found = find.into_tuple::<i64>().one(connection).await.map_err(store_error)?;
    Ok(found.is_some())
}

#[derive(FromQueryResult)]
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
