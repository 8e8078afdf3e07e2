//! Many new movies on PostgreSQL.

use std::collections::HashSet;

use time::{Date, Month};
use vestibule_domain::catalogue::{AddedMovie, MovieId, MovieRecord};
use vestibule_domain::store::StoreError;

use super::super::arrays::{expect_many, ids, new_ids, numbers, statement, texts};
use super::super::errors::store_error;
use super::super::pool::Statements;
use super::additions::Placed;

/// The places of the movies that are in the catalogue.
const KNOWN: &str = "
    SELECT place - 1 FROM unnest($1::text::text[], $2::text::integer[]) WITH ORDINALITY AS new (name, day, place)
    JOIN movies ON movies.name = new.name AND movies.date = DATE '2000-01-01' + new.day";

/// Waits for whoever is adding the same movie, and passes it over.
const INSERT: &str = "
    INSERT INTO movies (id, name, date, score, overview, status, budget, revenue, country_id)
    SELECT id, name, DATE '2000-01-01' + day, score, overview, status, budget, revenue, country
    FROM unnest(
        $1::text::bigint[], $2::text::text[], $3::text::integer[], $4::text::float8[], $5::text::text[],
        $6::text::text[], $7::text::float8[], $8::text::float8[], $9::text::bigint[]
    ) AS new (id, name, day, score, overview, status, budget, revenue, country)
    ON CONFLICT (name, date) DO NOTHING";

/// Those of the ids that movies have.
const ADDED: &str =
    "SELECT movies.id FROM unnest($1::text::bigint[]) AS new (id) JOIN movies ON movies.id = new.id";

/// Adds the movies that are new. They are all different.
pub(super) async fn add(
    connection: &impl Statements,
    mut movies: Vec<Placed<'_>>,
) -> Result<Vec<AddedMovie>, StoreError> {
    if movies.is_empty() {
        return Ok(Vec::new());
    }
    expect_many(connection, &movies).await?;
    let names = texts(movies.iter().map(|new| new.movie.facts.name.as_str()));
    let days = numbers(movies.iter().map(|new| day(new.movie)));
    let known: HashSet<i64> = ids(connection, statement(KNOWN, [names, days])).await?.into_iter().collect();
    let mut places = 0_i64..;
    movies.retain(|_| places.next().is_some_and(|place| !known.contains(&place)));
    if movies.is_empty() {
        return Ok(Vec::new());
    }
    // Drawn beforehand, so that they ascend in the order of the movies.
    let drawn = new_ids(connection, "movies", movies.len()).await?;
    let facts = || movies.iter().map(|new| &new.movie.facts);
    let arrays = [
        numbers(&drawn),
        texts(facts().map(|facts| facts.name.as_str())),
        numbers(movies.iter().map(|new| day(new.movie))),
        numbers(facts().map(|facts| facts.score.get())),
        texts(facts().map(|facts| facts.overview.as_str())),
        texts(facts().map(|facts| facts.status.label())),
        numbers(facts().map(|facts| facts.budget.to_number())),
        numbers(facts().map(|facts| facts.revenue)),
        numbers(movies.iter().map(|new| new.movie.country)),
    ];
    let inserted = connection.execute_raw(statement(INSERT, arrays)).await.map_err(store_error)?;
    let mut added: Vec<_> = drawn.iter().zip(&movies).map(|(id, new)| new.added(MovieId(*id))).collect();
    if inserted.rows_affected < added.len() as u64 {
        let there = ids(connection, statement(ADDED, [numbers(&drawn)])).await?;
        let there: HashSet<i64> = there.into_iter().collect();
        added.retain(|added| there.contains(&added.id.0));
    }
    Ok(added)
}

/// The date as PostgreSQL counts days, because it reads no year 0.
fn day(movie: &MovieRecord) -> i64 {
    const FIRST: Date = match Date::from_calendar_date(2000, Month::January, 1) {
        Ok(first) => first,
        Err(_) => Date::MIN,
    };
    (movie.facts.date - FIRST).whole_days()
}
