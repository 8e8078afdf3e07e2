//! Movies.

use std::ops::Bound;

use vestibule_domain::catalogue::{MovieDetail, MovieFacts, MovieId, MovieRecord, NameKind, NamedId};
use vestibule_domain::store::StoreError;

use super::super::row::require;
use super::rows::movies::MovieRow;
use super::tables::CatalogueTables;

impl CatalogueTables {
    /// Whether there is a movie of this name and date.
    pub(super) fn has(&self, facts: &MovieFacts) -> bool {
        self.movies.find(&(facts.name.clone(), facts.date)).is_some()
    }

    /// Adds a movie and its links.
    pub(super) fn add(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError> {
        let id = self.add_unlinked(movie)?;
        self.link(id, movie)?;
        Ok(id)
    }

    /// Adds a movie without its links.
    pub(super) fn add_unlinked(&mut self, movie: &MovieRecord) -> Result<MovieId, StoreError> {
        require(self.countries.get(movie.country).is_some())?;
        let id = MovieId(self.movies.next_id());
        let mut record = movie.clone();
        for ids in [&mut record.genres, &mut record.actors, &mut record.languages] {
            ids.clear();
        }
        self.movies.insert(MovieRow { id, record })?;
        Ok(id)
    }

    /// Adds the links of a movie, which has none yet.
    pub(super) fn link(&mut self, id: MovieId, movie: &MovieRecord) -> Result<(), StoreError> {
        for kind in NameKind::ALL {
            for name in movie.ids(kind) {
                require(self.names(kind).get(*name).is_some())?;
            }
        }
        let mut linked = movie.clone();
        for ids in [&mut linked.genres, &mut linked.actors, &mut linked.languages] {
            ids.sort_unstable();
            ids.dedup();
        }
        self.movies.update(id.0, |row| {
            row.record = linked;
            true
        })?;
        Ok(())
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

    /// The next movies behind one, with all that belongs to them.
    pub(super) fn after(&self, after: MovieId, limit: usize) -> Vec<MovieDetail> {
        let next = self.movies.by_key((Bound::Excluded(after.0), Bound::Unbounded));
        next.filter_map(|row| self.detail(row.id)).take(limit).collect()
    }

    fn named(&self, kind: NameKind, record: &MovieRecord) -> Vec<NamedId> {
        let rows = record.ids(kind).iter().filter_map(|id| self.names(kind).get(*id));
        rows.map(|row| row.named.clone()).collect()
    }
}
