//! Actors of movies (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, names, unique};

const TABLE: &str = "actors";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(names(manager, TABLE)).await?;
        // This index makes the name itself unique too, as the contract demands.
        manager.create_index(unique("ix_actors_name_folded", TABLE, "name_folded")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
