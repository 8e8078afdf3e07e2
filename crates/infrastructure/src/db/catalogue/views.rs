//! Reading the movies before another one, and one movie.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vestibule_domain::catalogue::{Country, MovieDetail, MovieFacts, MovieId, MovieSummary};
use vestibule_domain::store::StoreError;

use super::super::entities::movies::{Column, Entity};
use super::super::entities::{countries, movies};
use super::super::errors::{damaged, store_error};
use super::super::expiry::at_most;
use super::super::pool::{Columns, Places, Statements};
use super::links::linked;
use super::summaries::{SummaryRow, summaries};

/// The next movies before an id, or the newest ones, newest id first.
pub(super) async fn before(
    connection: &impl Statements,
    before: Option<MovieId>,
    limit: u64,
) -> Result<Vec<MovieSummary>, StoreError> {
    let find = summaries().order_by_desc(Column::Id).limit(at_most(limit));
    let find = match before {
        Some(before) => find.filter(Column::Id.lt(before.0)),
        None => find,
    };
    let rows = connection.rows::<SummaryRow>(find.as_query()).await.map_err(store_error)?;
    Ok(rows.into_iter().map(MovieSummary::from).collect())
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
