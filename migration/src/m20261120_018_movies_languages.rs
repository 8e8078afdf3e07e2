//! Which movie has which languages (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, links};

const TABLE: &str = "movies_languages";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = links(
            manager,
            TABLE,
            "pk_movies_languages",
            ("fk_movies_languages_movie_id", "fk_movies_languages_language_id"),
            ("language_id", "languages"),
        );
        manager.create_table(links).await?;
        manager.create_index(index("ix_movies_languages_language_id", TABLE, &["language_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
