//! Movies.

use time::Date;
use vestibule_domain::catalogue::{
    MovieChange, MovieDetail, MovieFacts, MovieId, MovieRecord, MovieSummary, Name, NameKind, NamedId,
};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::row::Row;
use super::super::tables::require;
use super::tables::CatalogueTables;

/// A movie with its links, which are sorted.
#[derive(Clone)]
pub(super) struct MovieRow {
    id: MovieId,
    record: MovieRecord,
}

impl Row for MovieRow {
    type Key = i64;
    type Entry = (Name, Date);
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.id.0
    }

    fn entries(&self) -> Vec<((Name, Date), Option<Constraint>)> {
        let facts = &self.record.facts;
        vec![((facts.name.clone(), facts.date), Some(Constraint::MoviesNameDate))]
    }
}

impl MovieRow {
    pub(super) fn summary(&self) -> MovieSummary {
        let facts = &self.record.facts;
        MovieSummary {
            id: self.id,
            name: facts.name.as_str().to_owned(),
            date: facts.date,
            score: facts.score.get(),
            overview: facts.overview.clone(),
        }
    }

    pub(super) fn change(&mut self, change: MovieChange) {
        let facts = &mut self.record.facts;
        set(&mut facts.name, change.name);
        set(&mut facts.date, change.date);
        set(&mut facts.score, change.score);
        set(&mut facts.overview, change.overview);
        set(&mut facts.status, change.status);
        set(&mut facts.budget, change.budget);
        set(&mut facts.revenue, change.revenue);
    }
}

fn set<T>(value: &mut T, to: Option<T>) {
    if let Some(to) = to {
        *value = to;
    }
}

impl CatalogueTables {
    /// Whether there is a movie of this name and date.
    pub(super) fn has(&self, facts: &MovieFacts) -> bool {
        self.movies.find(&(facts.name.clone(), facts.date)).is_some()
    }

    /// Adds a movie and its links.
    pub(super) fn add(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError> {
        require(self.countries.get(movie.country).is_some())?;
        for kind in NameKind::ALL {
            for id in movie.ids(kind) {
                require(self.names(kind).get(*id).is_some())?;
            }
        }
        let id = MovieId(self.movies.next_id());
        let mut record = movie.clone();
        for ids in [&mut record.genres, &mut record.actors, &mut record.languages] {
            ids.sort_unstable();
            ids.dedup();
        }
        self.movies.insert(MovieRow { id, record })?;
        Ok(id)
    }

    /// A movie with all that belongs to it.
    pub(super) fn detail(&self, id: MovieId) -> Option<MovieDetail> {
        let record = &self.movies.get(id.0)?.record;
        Some(MovieDetail {
            id,
            facts: record.facts.clone(),
            country: self.countries.get(record.country)?.clone(),
            genres: self.named(NameKind::Genre, record),
            actors: self.named(NameKind::Actor, record),
            languages: self.named(NameKind::Language, record),
        })
    }

    fn named(&self, kind: NameKind, record: &MovieRecord) -> Vec<NamedId> {
        let rows = record.ids(kind).iter().filter_map(|id| self.names(kind).get(*id));
        rows.map(|row| row.named.clone()).collect()
    }
}
