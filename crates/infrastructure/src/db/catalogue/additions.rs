//! New movies.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;
use vestibule_domain::catalogue::{MovieId, MovieRecord};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::entities::movies::{ActiveModel, Column, Entity};
use super::super::errors::store_error;
use super::links::link;
use super::parts::{filled, plain};

/// A movie that was added.
type Added<'a> = (MovieId, &'a MovieRecord);

/// Movies by what is unique of them.
type Ids = HashMap<(String, Date), MovieId>;

/// Adds a movie and its links.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    movie: &MovieRecord,
) -> Result<MovieId, StoreError> {
    let insert = Entity::insert(ActiveModel::from(movie));
    let inserted = insert.exec(connection).await.map_err(store_error)?;
    let id = MovieId(inserted.last_insert_id);
    link(connection, &[(id, movie)]).await?;
    Ok(id)
}

/// Adds those movies that are new, with their links. Answers how many.
pub(super) async fn insert_new(
    connection: &impl ConnectionTrait,
    movies: &[MovieRecord],
) -> Result<u64, StoreError> {
    let mut seen = HashSet::with_capacity(movies.len());
    let firsts = movies.iter().filter(|movie| seen.insert((&movie.facts.name, movie.facts.date)));
    let movies: Vec<&MovieRecord> = firsts.collect();
    let added = match connection.get_database_backend() {
        // It does not tell the rows that it inserted from those that were there.
        DbBackend::MySql => in_three_steps(connection, &movies).await?,
        _ => at_once(connection, &movies).await?,
    };
    link(connection, &added).await?;
    Ok(added.len() as u64)
}

/// One statement, which answers the rows that it inserted.
pub(in super::super) async fn at_once<'a>(
    connection: &impl ConnectionTrait,
    movies: &[&'a MovieRecord],
) -> Result<Vec<Added<'a>>, StoreError> {
    let mut ids = Ids::with_capacity(movies.len());
    for part in filled(movies) {
        let mut insert = Entity::insert_many(part.map(|movie| ActiveModel::from(*movie))).into_query();
        insert
            .on_conflict(OnConflict::new().do_nothing_on([Column::Id]).to_owned())
            .returning(Query::returning().columns([Column::Id, Column::Name, Column::Date]));
        let rows = connection.query_all(&insert).await.map_err(store_error)?;
        for row in rows {
            let (id, name, date) = row.try_get_many_by_index().map_err(store_error)?;
            ids.insert((name, date), MovieId(id));
        }
    }
    Ok(with_ids(movies, &ids))
}

/// A look at what is there, an insertion of the others, and a look at their ids. Another unit of work
/// may come between the first two.
pub(in super::super) async fn in_three_steps<'a>(
    connection: &impl ConnectionTrait,
    movies: &[&'a MovieRecord],
) -> Result<Vec<Added<'a>>, StoreError> {
    let known = ids(connection, movies).await?;
    let new = |movie: &&&MovieRecord| !known.contains_key(&key(movie));
    let movies: Vec<&MovieRecord> = movies.iter().filter(new).copied().collect();
    for part in plain(&movies) {
        let insert = Entity::insert_many(part.iter().map(|movie| ActiveModel::from(*movie)));
        insert.exec_without_returning(connection).await.map_err(|error| match store_error(error) {
            StoreError::Conflict { constraint: Constraint::MoviesNameDate } => {
                StoreError::Retryable("another unit of work added the same movie".into())
            }
            other => other,
        })?;
    }
    let ids = ids(connection, &movies).await?;
    Ok(with_ids(&movies, &ids))
}

/// The ids of the movies that are there, and of some that share their names.
async fn ids(connection: &impl ConnectionTrait, movies: &[&MovieRecord]) -> Result<Ids, StoreError> {
    let mut ids = Ids::with_capacity(movies.len());
    for part in filled(movies) {
        let rows: Vec<(i64, String, Date)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name, Column::Date])
            .filter(Column::Name.is_in(part.map(|movie| movie.facts.name.as_str())))
            .into_tuple()
            .all(connection)
            .await
            .map_err(store_error)?;
        ids.extend(rows.into_iter().map(|(id, name, date)| ((name, date), MovieId(id))));
    }
    Ok(ids)
}

fn with_ids<'a>(movies: &[&'a MovieRecord], ids: &Ids) -> Vec<Added<'a>> {
    let with_id = |movie: &&'a MovieRecord| Some((*ids.get(&key(movie))?, *movie));
    movies.iter().filter_map(with_id).collect()
}

fn key(movie: &MovieRecord) -> (String, Date) {
    (movie.facts.name.as_str().to_owned(), movie.facts.date)
}
