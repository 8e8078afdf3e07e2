//! Table `movies`.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, NotSet, Set};
use time::Date;
use vestibule_domain::catalogue::{Amount, MovieChange, MovieFacts, MovieRecord, MovieStatus, Name, Score};
use vestibule_domain::store::StoreError;

use super::countries;
use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "movies")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    pub(in crate::db) id: i64,
    name: String,
    #[sea_orm(column_type = "Date")]
    date: Date,
    score: f64,
    #[sea_orm(column_type = "Text")]
    overview: String,
    status: String,
    /// Bound and read as a double, which holds 15 digits. SQLite has no decimals, and the drivers of the others would
    /// bring types of their own. A decimal column is cast to a double when it is read; assignment casts it when it is
    /// written.
    #[sea_orm(column_type = "Decimal(Some((15, 2)))", select_as = "float8")]
    budget: f64,
    revenue: f64,
    country_id: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {
    #[sea_orm(belongs_to = "countries::Entity", from = "Column::CountryId", to = "countries::Column::Id")]
    Countries,
}

impl Related<countries::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Countries.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, name, date, score, overview, status, budget, revenue, country_id);

impl From<&MovieRecord> for ActiveModel {
    fn from(movie: &MovieRecord) -> Self {
        let facts = &movie.facts;
        Self {
            id: NotSet,
            name: Set(facts.name.as_str().to_owned()),
            date: Set(facts.date),
            score: Set(facts.score.get()),
            overview: Set(facts.overview.clone()),
            status: Set(facts.status.label().to_owned()),
            budget: Set(facts.budget.to_number()),
            revenue: Set(facts.revenue),
            country_id: Set(movie.country),
        }
    }
}

impl From<&MovieChange> for ActiveModel {
    fn from(change: &MovieChange) -> Self {
        Self {
            id: NotSet,
            name: changed(change.name.as_ref().map(|name| name.as_str().to_owned())),
            date: changed(change.date),
            score: changed(change.score.map(Score::get)),
            overview: changed(change.overview.clone()),
            status: changed(change.status.map(|status| status.label().to_owned())),
            budget: changed(change.budget.map(Amount::to_number)),
            revenue: changed(change.revenue),
            country_id: NotSet,
        }
    }
}

fn changed<V: Into<Value>>(value: Option<V>) -> ActiveValue<V> {
    value.map_or(NotSet, Set)
}

impl TryFrom<Model> for MovieFacts {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let unreadable = |column| damaged("movies", column, row.id);
        Ok(Self {
            name: Name::from_stored(row.name),
            date: row.date,
            score: Score::new(row.score).map_err(|_invalid| unreadable("score"))?,
            overview: row.overview,
            status: MovieStatus::from_label(&row.status).ok_or_else(|| unreadable("status"))?,
            budget: Amount::from_number(row.budget).map_err(|_invalid| unreadable("budget"))?,
            revenue: row.revenue,
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn row() -> Model {
        Model {
            id: 7,
            name: "Up".to_owned(),
            date: date!(2026 - 11 - 20),
            score: 50.0,
            overview: String::new(),
            status: "RELEASED".to_owned(),
            budget: 0.01,
            revenue: 0.0,
            country_id: 1,
        }
    }

    #[test]
    fn a_value_that_is_none_is_named() {
        assert!(MovieFacts::try_from(row()).is_ok());
        for (damaged, column) in [
            (Model { score: 100.5, ..row() }, "score"),
            (Model { status: "Released".to_owned(), ..row() }, "status"),
            (Model { budget: -0.01, ..row() }, "budget"),
        ] {
            let Err(StoreError::Unexpected(cause)) = MovieFacts::try_from(damaged) else { panic!() };
            let expected = format!("column {column} of movies does not read back in the row 7");
            assert_eq!(cause.to_string(), expected);
        }
    }
}
