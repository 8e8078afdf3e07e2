//! Movies as lists show them.

use sea_orm::{EntityTrait, QuerySelect, Select};
use time::Date;
use vestibule_domain::catalogue::{MovieId, MovieSummary};

use super::super::entities::movies::{Column, Entity};
use super::super::pool::row;

/// The columns of a [`SummaryRow`] of all movies.
pub(super) fn summaries() -> Select<Entity> {
    let columns = [Column::Id, Column::Name, Column::Date, Column::Score, Column::Overview];
    Entity::find().select_only().columns(columns)
}

row!(SummaryRow: id, name, date, score, overview);

pub(super) struct SummaryRow {
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
