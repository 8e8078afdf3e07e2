//! Which movie has which actors (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, links};

const TABLE: &str = "actors_movies";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = links(
            manager,
            TABLE,
            "pk_actors_movies",
            ("fk_actors_movies_movie_id", "fk_actors_movies_actor_id"),
            ("actor_id", "actors"),
        );
        // The second column has no index: no query uses it, and imports would pay for it.
        manager.create_table(links).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
