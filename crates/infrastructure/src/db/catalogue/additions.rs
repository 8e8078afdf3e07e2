//! New movies.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;
use vestibule_domain::catalogue::{AddedMovie, MovieId, MovieRecord, Name};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::entities::movies::{ActiveModel, Column, Entity};
use super::super::errors::store_error;
use super::super::parts::{ids_in_a_row, parts, sized_parts};
use super::super::pool::Statements;
use super::links::link;
use super::many;

/// Ids of movies, by their name and date.
type Ids = HashMap<(Name, Date), MovieId>;

/// Adds a movie and its links.
pub(super) async fn insert(connection: &impl Statements, movie: &MovieRecord) -> Result<MovieId, StoreError> {
    let insert = Entity::insert(ActiveModel::from(movie));
    let id = MovieId(connection.insert(insert).await.map_err(store_error)?);
    link(connection, &[(id, movie)]).await?;
    Ok(id)
}

/// Adds the movies that are new, without their links.
pub(super) async fn insert_new(
    connection: &impl Statements,
    movies: &[MovieRecord],
) -> Result<Vec<AddedMovie>, StoreError> {
    let mut seen = HashSet::with_capacity(movies.len());
    let placed = movies.iter().enumerate().map(|(place, movie)| Placed { place, movie });
    let mut new: Vec<Placed<'_>> = placed.filter(|new| seen.insert(key(new.movie))).collect();
    if connection.get_database_backend() == DbBackend::Postgres {
        return many::add(connection, new).await;
    }
    let known = ids(connection, &new).await?;
    new.retain(|new| !known.contains_key(&key(new.movie)));
    let mut added = Vec::with_capacity(new.len());
    for part in sized_parts(&new, |new| size(new.movie)) {
        added.extend(insert_part(connection, part.to_vec()).await?);
    }
    Ok(added)
}

/// Adds the links of movies that were added of these.
pub(super) async fn link_new(
    connection: &impl Statements,
    added: &[AddedMovie],
    movies: &[MovieRecord],
) -> Result<(), StoreError> {
    let linked: Option<Vec<_>> =
        added.iter().map(|added| Some((added.id, movies.get(added.place)?))).collect();
    let linked =
        linked.ok_or_else(|| StoreError::Unexpected("links of a movie that is none of these".into()))?;
    link(connection, &linked).await
}

/// A movie and its place among those that are given.
#[derive(Clone, Copy)]
pub(super) struct Placed<'m> {
    pub(super) place: usize,
    pub(super) movie: &'m MovieRecord,
}

impl Placed<'_> {
    pub(super) fn added(&self, id: MovieId) -> AddedMovie {
        AddedMovie { place: self.place, id }
    }
}

/// Adds movies in one statement, and answers those that were added.
///
/// On backends with several writers, another writer may add a movie between the look and the insertion. Then nothing is
/// inserted, and the others are tried once more without that movie.
async fn insert_part(
    connection: &impl Statements,
    mut part: Vec<Placed<'_>>,
) -> Result<Vec<AddedMovie>, StoreError> {
    while !part.is_empty() {
        let insert = Entity::insert_many(part.iter().map(|new| ActiveModel::from(new.movie)));
        match connection.execute(&insert.into_query()).await.map_err(store_error) {
            Ok(inserted) => {
                if let Some(told) = ids_in_a_row(connection, &inserted, part.len()) {
                    return Ok(told.map(MovieId).zip(part).map(|(id, new)| new.added(id)).collect());
                }
                let ids = ids(connection, &part).await?;
                let with_id = |new: &Placed<'_>| Some(new.added(*ids.get(&key(new.movie))?));
                return Ok(part.iter().filter_map(with_id).collect());
            }
            Err(StoreError::Conflict { constraint: Constraint::MoviesNameDate }) => {
                let known = ids(connection, &part).await?;
                let before = part.len();
                part.retain(|new| !known.contains_key(&key(new.movie)));
                if part.len() == before {
                    return Err(StoreError::Retryable("another unit of work added the same movie".into()));
                }
            }
            Err(other) => return Err(other),
        }
    }
    Ok(Vec::new())
}

/// The ids of the movies that are in the catalogue already, and of some others that share their names.
async fn ids(connection: &impl Statements, movies: &[Placed<'_>]) -> Result<Ids, StoreError> {
    let mut ids = Ids::new();
    for part in parts(movies) {
        let find = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name, Column::Date])
            .filter(Column::Name.is_in(part.iter().map(|new| new.movie.facts.name.as_str())));
        let rows = connection.rows::<(i64, String, Date)>(find.as_query()).await.map_err(store_error)?;
        let rows = rows.into_iter();
        ids.extend(rows.map(|(id, name, date)| ((Name::from_stored(name), date), MovieId(id))));
    }
    Ok(ids)
}

/// About how large a movie is in a statement, in bytes.
fn size(movie: &MovieRecord) -> usize {
    128 + movie.facts.name.as_str().len() + movie.facts.overview.len()
}

fn key(movie: &MovieRecord) -> (Name, Date) {
    (movie.facts.name.clone(), movie.facts.date)
}
