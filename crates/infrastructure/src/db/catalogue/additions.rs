//! New movies.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;
use vestibule_domain::catalogue::{MovieId, MovieRecord, Name};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::entities::movies::{ActiveModel, Column, Entity};
use super::super::errors::store_error;
use super::super::parts::{ids_in_a_row, parts};
use super::super::pool::Statements;
use super::links::link;

/// Ids of movies, by their name and date.
type Ids = HashMap<(Name, Date), MovieId>;

/// Adds a movie and its links.
pub(super) async fn insert(connection: &impl Statements, movie: &MovieRecord) -> Result<MovieId, StoreError> {
    let insert = Entity::insert(ActiveModel::from(movie));
    let id = MovieId(connection.insert(insert).await.map_err(store_error)?);
    link(connection, &[(id, movie)]).await?;
    Ok(id)
}

/// Adds the movies that are new, with their links, and answers how many.
pub(super) async fn insert_new(
    connection: &impl Statements,
    movies: &[MovieRecord],
) -> Result<u64, StoreError> {
    let mut seen = HashSet::with_capacity(movies.len());
    let mut new: Vec<&MovieRecord> = movies.iter().filter(|movie| seen.insert(key(movie))).collect();
    let known = ids(connection, &new).await?;
    new.retain(|movie| !known.contains_key(&key(movie)));
    let mut added = Vec::with_capacity(new.len());
    for part in parts(&new) {
        let insert = Entity::insert_many(part.iter().map(|movie| ActiveModel::from(*movie)));
        let inserted = connection.execute(&insert.into_query()).await.map_err(overtaken)?;
        if let Some(ids) = ids_in_a_row(connection, &inserted, part.len()) {
            added.extend(ids.map(MovieId).zip(part.iter().copied()));
        } else {
            let ids = ids(connection, part).await?;
            added.extend(part.iter().filter_map(|movie| Some((*ids.get(&key(movie))?, *movie))));
        }
    }
    link(connection, &added).await?;
    Ok(new.len() as u64)
}

/// On backends with several writers, another writer may add a movie between the look and the insertion.
fn overtaken(error: DbErr) -> StoreError {
    match store_error(error) {
        StoreError::Conflict { constraint: Constraint::MoviesNameDate } => {
            StoreError::Retryable("another unit of work added the same movie".into())
        }
        other => other,
    }
}

/// The ids of the movies that are in the catalogue already, and of some others that share their names.
async fn ids(connection: &impl Statements, movies: &[&MovieRecord]) -> Result<Ids, StoreError> {
    let mut ids = Ids::new();
    for part in parts(movies) {
        let find = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name, Column::Date])
            .filter(Column::Name.is_in(part.iter().map(|movie| movie.facts.name.as_str())));
        let rows = connection.rows::<(i64, String, Date)>(find.as_query()).await.map_err(store_error)?;
        let rows = rows.into_iter();
        ids.extend(rows.map(|(id, name, date)| ((Name::from_stored(name), date), MovieId(id))));
    }
    Ok(ids)
}

fn key(movie: &MovieRecord) -> (Name, Date) {
    (movie.facts.name.clone(), movie.facts.date)
}
