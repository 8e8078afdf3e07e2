//! Rows of the table: movies.

use time::Date;
use vestibule_domain::catalogue::{MovieChange, MovieId, MovieRecord, MovieSummary, Name};
use vestibule_domain::store::Constraint;

use super::super::super::row::Row;

/// A movie with its links, which are sorted.
#[derive(Clone)]
pub(in crate::memory) struct MovieRow {
    pub(in crate::memory) id: MovieId,
    pub(in crate::memory) record: MovieRecord,
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
    pub(in crate::memory) fn summary(&self) -> MovieSummary {
        let facts = &self.record.facts;
        MovieSummary {
            id: self.id,
            name: facts.name.as_str().to_owned(),
            date: facts.date,
            score: facts.score.get(),
            overview: facts.overview.clone(),
        }
    }

    pub(in crate::memory) fn change(&mut self, change: MovieChange) {
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

pub(in crate::memory) fn set<T>(value: &mut T, to: Option<T>) {
    if let Some(to) = to {
        *value = to;
    }
}
