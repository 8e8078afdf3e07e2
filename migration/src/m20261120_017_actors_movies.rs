//! Which movie has which actors (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, links};

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
        manager.create_table(links).await?;
        manager.create_index(index("ix_actors_movies_actor_id", TABLE, &["actor_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
