//! Countries (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, id, table, unique};

const TABLE: &str = "countries";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut countries = table(manager, TABLE);
        countries
            .col(id())
            .col(ColumnDef::new("code").string_len(3).not_null())
            .col(ColumnDef::new("name").string_len(255));
        manager.create_table(countries).await?;
        manager.create_index(unique("ix_countries_code", TABLE, "code")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
