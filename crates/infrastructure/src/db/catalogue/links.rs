//! Links between movies and their genres, actors and languages.

use std::collections::{BTreeSet, HashMap};

use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{DbBackend, Statement};
use vestibule_domain::catalogue::{MovieId, MovieRecord, NameKind, NamedId};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::arrays;
use super::super::entities::names::{Tables, tables};
use super::super::errors::store_error;
use super::super::parts::parts;
use super::super::pool::Statements;

/// Adds the links of new movies.
pub(super) async fn link(
    connection: &impl Statements,
    movies: &[(MovieId, &MovieRecord)],
) -> Result<(), StoreError> {
    for kind in NameKind::ALL {
        let mut pairs: Vec<(i64, i64)> = Vec::new();
        for (movie, record) in movies {
            pairs.extend(record.ids(kind).iter().map(|name| (movie.0, *name)));
        }
        // In the order in which links are stored, so that each is written where the last one ended. A new movie has no
        // links yet, so that those that come twice are found here. PostgreSQL takes three times as long where it is to
        // pass over rows that are there.
        pairs.sort_unstable();
        pairs.dedup();
        let tables = tables(kind);
        if pairs.is_empty() {
            continue;
        }
        if connection.get_database_backend() == DbBackend::Postgres {
            link_all(connection, tables, &pairs).await?;
            continue;
        }
        for part in parts(&pairs) {
            let mut insert = Query::insert();
            insert.into_table(tables.links).columns(["movie_id", tables.link]);
            for (movie, name) in part {
                insert.values_panic([(*movie).into(), (*name).into()]);
            }
            connection.execute(&insert).await.map_err(store_error)?;
        }
    }
    Ok(())
}

/// Adds links to PostgreSQL, which has no foreign keys for them (`m20261129_043_movie_links`): each name is looked up once,
/// and not for every movie that has it. Nothing is added where one is missing.
async fn link_all(
    connection: &impl Statements,
    tables: Tables,
    pairs: &[(i64, i64)],
) -> Result<(), StoreError> {
    arrays::expect_many(connection, pairs).await?;
    let names: BTreeSet<i64> = pairs.iter().map(|(_, name)| *name).collect();
    let insert = format!(
        "INSERT INTO {} (movie_id, {}) SELECT * FROM unnest($1::text::bigint[], $2::text::bigint[]) \
         WHERE (SELECT count(*) FROM unnest($3::text::bigint[]) AS linked (id) JOIN {} AS names ON names.id = linked.id) \
         = $4::bigint",
        tables.links, tables.link, tables.names
    );
    let values = [
        arrays::numbers(pairs.iter().map(|(movie, _)| movie)),
        arrays::numbers(pairs.iter().map(|(_, name)| name)),
        arrays::numbers(&names),
        i64::try_from(names.len()).unwrap_or(i64::MAX).into(),
    ];
    let inserted = connection.execute_raw(arrays::statement(insert, values)).await.map_err(store_error)?;
    if inserted.rows_affected < pairs.len() as u64 {
        return Err(StoreError::Conflict { constraint: Constraint::ForeignKey });
    }
    Ok(())
}

/// The names that a movie has, by ascending id: genres, actors and languages, all of one moment.
pub(super) async fn linked(
    connection: &impl Statements,
    movie: MovieId,
) -> Result<[Vec<NamedId>; 3], StoreError> {
    let rows = if connection.get_database_backend() == DbBackend::Postgres {
        // A function that keeps its plan: `migration/src/m20261130_050_kept_plans.rs`.
        let find = "SELECT kind, id, name FROM movie_links($1)";
        let find = Statement::from_sql_and_values(DbBackend::Postgres, find, [movie.0.into()]);
        connection.rows_of::<(String, i64, String)>(find).await
    } else {
        let [mut find, actors, languages] = NameKind::ALL.map(|kind| names(kind, movie));
        find.union(UnionType::All, actors).union(UnionType::All, languages);
        connection.rows(&find).await
    };
    let rows = rows.map_err(store_error)?;
    let mut names = [const { Vec::new() }; 3];
    for (kind, id, name) in rows {
        for (known, names) in NameKind::ALL.into_iter().zip(&mut names) {
            if tables(known).names == kind {
                names.push(NamedId { id, name });
                break;
            }
        }
    }
    for names in &mut names {
        names.sort_unstable_by_key(|name| name.id);
    }
    Ok(names)
}

/// The names of one kind, with the kind before them.
fn names(kind: NameKind, movie: MovieId) -> SelectStatement {
    let tables = tables(kind);
    let kind = Expr::cust(format!("'{}'", tables.names));
    let of_movie = Expr::col((tables.links, "movie_id")).eq(movie.0);
    joined(tables)
        .expr(kind)
        .columns([(tables.names, "id"), (tables.names, "name")])
        .and_where(of_movie)
        .to_owned()
}

/// The names of one kind that movies have, by ascending id.
pub(super) async fn linked_to_many(
    connection: &impl Statements,
    kind: NameKind,
    movies: &[i64],
) -> Result<HashMap<i64, Vec<NamedId>>, StoreError> {
    let tables = tables(kind);
    let mut found: HashMap<i64, Vec<NamedId>> = HashMap::new();
    for part in parts(movies) {
        let find = joined(tables)
            .columns([(tables.links, "movie_id"), (tables.names, "id"), (tables.names, "name")])
            .and_where(Expr::col((tables.links, "movie_id")).is_in(part.iter().copied()))
            .to_owned();
        for (movie, id, name) in connection.rows::<(i64, i64, String)>(&find).await.map_err(store_error)? {
            found.entry(movie).or_default().push(NamedId { id, name });
        }
    }
    for names in found.values_mut() {
        names.sort_unstable_by_key(|name| name.id);
    }
    Ok(found)
}

/// Names of one kind beside the movies that have them.
fn joined(tables: Tables) -> SelectStatement {
    Query::select()
        .from(tables.links)
        .inner_join(tables.names, Expr::col((tables.names, "id")).equals((tables.links, tables.link)))
        .to_owned()
}
