//! Many new movies on PostgreSQL.

use std::collections::HashSet;

use time::{Date, Month};
use vestibule_domain::catalogue::{MovieId, MovieRecord};
use vestibule_domain::store::StoreError;

use super::super::arrays::{expect_many, ids, new_ids, numbers, statement, texts};
use super::super::errors::store_error;
use super::super::pool::Statements;

/// The places of the movies that are in the catalogue.
const KNOWN: &str = "
    SELECT place - 1 FROM unnest($1::text::text[], $2::text::integer[]) WITH ORDINALITY AS new (name, day, place)
    JOIN movies ON movies.name = new.name AND movies.date = DATE '2000-01-01' + new.day";

/// Waits for whoever is adding the same movie, and passes it over. All rows are in one statement, because the block of
/// a movie is locked at its end (`migration/src/m20261128_039_row_blocks.rs`): who held that lock and waited for a
/// movie could wait in a circle.
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
pub(super) async fn add<'m>(
    connection: &impl Statements,
    movies: &[&'m MovieRecord],
) -> Result<Vec<(MovieId, &'m MovieRecord)>, StoreError> {
    if movies.is_empty() {
        return Ok(Vec::new());
    }
    expect_many(connection, movies).await?;
    let names = texts(movies.iter().map(|movie| movie.facts.name.as_str()));
    let known =
        ids(connection, statement(KNOWN, [names, numbers(movies.iter().map(|movie| day(movie)))])).await?;
    let known: HashSet<i64> = known.into_iter().collect();
    let new = (0_i64..).zip(movies).filter(|(place, _)| !known.contains(place)).map(|(_, movie)| *movie);
    let new: Vec<&MovieRecord> = new.collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    // Drawn beforehand, so that they ascend in the order of the movies.
    let drawn = new_ids(connection, "movies", new.len()).await?;
    let facts = || new.iter().map(|movie| &movie.facts);
    let arrays = [
        numbers(&drawn),
        texts(facts().map(|facts| facts.name.as_str())),
        numbers(new.iter().map(|movie| day(movie))),
        numbers(facts().map(|facts| facts.score.get())),
        texts(facts().map(|facts| facts.overview.as_str())),
        texts(facts().map(|facts| facts.status.label())),
        numbers(facts().map(|facts| facts.budget.to_number())),
        numbers(facts().map(|facts| facts.revenue)),
        numbers(new.iter().map(|movie| movie.country)),
    ];
    let inserted = connection.execute_raw(statement(INSERT, arrays)).await.map_err(store_error)?;
    let mut added: Vec<_> = drawn.iter().map(|id| MovieId(*id)).zip(new).collect();
    if inserted.rows_affected < added.len() as u64 {
        let there = ids(connection, statement(ADDED, [numbers(&drawn)])).await?;
        let there: HashSet<i64> = there.into_iter().collect();
        added.retain(|(id, _)| there.contains(&id.0));
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
