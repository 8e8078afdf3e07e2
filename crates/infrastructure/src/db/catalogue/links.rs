//! Links between movies and their genres, actors and languages.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use vestibule_domain::catalogue::{MovieId, MovieRecord, NameKind, NamedId};
use vestibule_domain::store::StoreError;

use super::super::entities::names::tables;
use super::super::errors::store_error;
use super::super::parts::parts;

/// Adds the links of new movies.
pub(super) async fn link(
    connection: &impl ConnectionTrait,
    movies: &[(MovieId, &MovieRecord)],
) -> Result<(), StoreError> {
    for kind in NameKind::ALL {
        let mut pairs: Vec<(i64, i64)> = Vec::new();
        for (movie, record) in movies {
            pairs.extend(record.ids(kind).iter().map(|name| (movie.0, *name)));
        }
        // In the order in which links are stored, so that each is written where the last one ended.
        pairs.sort_unstable();
        let tables = tables(kind);
        for part in parts(&pairs) {
            let mut insert = Query::insert();
            insert.into_table(tables.links).columns(["movie_id", tables.link]);
            for (movie, name) in part {
                insert.values_panic([(*movie).into(), (*name).into()]);
            }
            insert.on_conflict(OnConflict::new().do_nothing_on(["movie_id"]).to_owned());
            connection.execute(&insert).await.map_err(store_error)?;
        }
    }
    Ok(())
}

/// The names of one kind that a movie has, by ascending id.
pub(super) async fn linked(
    connection: &impl ConnectionTrait,
    kind: NameKind,
    movie: MovieId,
) -> Result<Vec<NamedId>, StoreError> {
    let tables = tables(kind);
    let find = Query::select()
        .columns([(tables.names, "id"), (tables.names, "name")])
        .from(tables.links)
        .inner_join(tables.names, Expr::col((tables.names, "id")).equals((tables.links, tables.link)))
        .and_where(Expr::col((tables.links, "movie_id")).eq(movie.0))
        .order_by((tables.links, tables.link), Order::Asc)
        .to_owned();
    let rows = connection.query_all(&find).await.map_err(store_error)?;
    let names = rows.iter().map(|row| {
        let (id, name) = row.try_get_many_by_index().map_err(store_error)?;
        Ok(NamedId { id, name })
    });
    names.collect()
}
