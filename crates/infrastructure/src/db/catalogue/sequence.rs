//! Reading all movies, part by part.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vestibule_domain::catalogue::{Country, MovieDetail, MovieFacts, MovieId, NameKind};
use vestibule_domain::store::StoreError;

use super::super::entities::countries;
use super::super::entities::movies::{Column, Entity};
use super::super::errors::{damaged, store_error};
use super::super::expiry::at_most;
use super::super::parts::parts;
use super::super::pool::Statements;
use super::links::linked_to_many;
use super::views::DetailRow;

/// The next movies behind an id, with their countries and names.
pub(super) async fn after(
    connection: &impl Statements,
    mut after: MovieId,
    limit: u64,
) -> Result<Vec<MovieDetail>, StoreError> {
    loop {
        let movies = movies(connection, after, limit).await?;
        let Some(last) = movies.last() else { return Ok(movies) };
        after = last.id;
        let whole = with_names(connection, movies).await?;
        // All of them were removed meanwhile, and there may be others behind them.
        if !whole.is_empty() {
            return Ok(whole);
        }
    }
}

/// The movies, without their names.
async fn movies(
    connection: &impl Statements,
    after: MovieId,
    limit: u64,
) -> Result<Vec<MovieDetail>, StoreError> {
    let find = Entity::find().filter(Column::Id.gt(after.0)).order_by_asc(Column::Id).limit(at_most(limit));
    let find = find.find_also_related(countries::Entity);
    let rows = connection.rows(find.as_query()).await.map_err(store_error)?;
    let movie = |DetailRow { movie, country }| {
        let country = country.ok_or_else(|| damaged("movies", "country_id", movie.id))?;
        Ok(MovieDetail {
            id: MovieId(movie.id),
            facts: MovieFacts::try_from(movie)?,
            country: Country::from(country),
            genres: Vec::new(),
            actors: Vec::new(),
            languages: Vec::new(),
        })
    };
    rows.into_iter().map(movie).collect()
}

/// The movies with their names. Links go together with their movie, and are read kind by kind, so a movie that lacks
/// those of a kind is looked for once more.
async fn with_names(
    connection: &impl Statements,
    mut movies: Vec<MovieDetail>,
) -> Result<Vec<MovieDetail>, StoreError> {
    let ids: Vec<i64> = movies.iter().map(|movie| movie.id.0).collect();
    for kind in NameKind::ALL {
        let mut names = linked_to_many(connection, kind, &ids).await?;
        for movie in &mut movies {
            let of_kind = match kind {
                NameKind::Genre => &mut movie.genres,
                NameKind::Actor => &mut movie.actors,
                NameKind::Language => &mut movie.languages,
            };
            *of_kind = names.remove(&movie.id.0).unwrap_or_default();
        }
    }
    let lacks_some = |movie: &MovieDetail| {
        movie.genres.is_empty() || movie.actors.is_empty() || movie.languages.is_empty()
    };
    let bare: Vec<i64> = movies.iter().filter(|movie| lacks_some(movie)).map(|movie| movie.id.0).collect();
    let there = there(connection, &bare).await?;
    movies.retain(|movie| !lacks_some(movie) || there.contains(&movie.id.0));
    Ok(movies)
}

/// Which of the movies there are.
async fn there(connection: &impl Statements, ids: &[i64]) -> Result<HashSet<i64>, StoreError> {
    let mut found = HashSet::new();
    for part in parts(ids) {
        let find = Entity::find().select_only().column(Column::Id);
        let find = find.filter(Column::Id.is_in(part.iter().copied()));
        let rows = connection.rows::<(i64,)>(find.as_query()).await.map_err(store_error)?;
        found.extend(rows.into_iter().map(|(id,)| id));
    }
    Ok(found)
}
