//! What movies have: genres, actors, languages.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use vestibule_domain::catalogue::{MovieId, MovieRecord, NameKind, NamedId};
use vestibule_domain::store::StoreError;

use super::super::entities::names::tables;
use super::super::errors::store_error;
use super::parts::parts;

/// Links new movies with all that they have.
pub(super) async fn link(
    connection: &impl ConnectionTrait,
    movies: &[(MovieId, &MovieRecord)],
) -> Result<(), StoreError> {
    for kind in NameKind::ALL {
        let ids = |(movie, record): &(MovieId, &MovieRecord)| {
            let movie = movie.0;
            record.ids(kind).iter().map(move |name| (*name, movie)).collect::<Vec<_>>()
        };
        let mut pairs: Vec<(i64, i64)> = movies.iter().flat_map(ids).collect();
        // By the names: their index, which is spread all over, is written from one end to the other.
        pairs.sort_unstable();
        let tables = tables(kind);
        for part in parts(&pairs) {
            let mut insert = Query::insert();
            insert.into_table(tables.links).columns([tables.link, "movie_id"]);
            for (name, movie) in part {
                insert.values_panic([(*name).into(), (*movie).into()]);
            }
            insert.on_conflict(OnConflict::new().do_nothing_on(["movie_id"]).to_owned());
            connection.execute(&insert).await.map_err(store_error)?;
        }
    }
    Ok(())
}

/// What of one kind a movie has, by ascending id.
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
