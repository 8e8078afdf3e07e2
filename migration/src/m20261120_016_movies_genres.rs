//! Which movie has which genres (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, links};

const TABLE: &str = "movies_genres";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = links(
            manager,
            TABLE,
            "pk_movies_genres",
            ("fk_movies_genres_movie_id", "fk_movies_genres_genre_id"),
            ("genre_id", "genres"),
        );
        // The second column has no index: no query uses it, and imports would pay for it.
        manager.create_table(links).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
