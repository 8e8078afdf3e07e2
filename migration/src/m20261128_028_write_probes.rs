//! One row that the readiness check writes again and again, to know whether the database takes writes.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table};

const TABLE: &str = "write_probes";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut probes = table(manager, TABLE);
        probes
            .col(ColumnDef::new("id").small_integer().not_null().primary_key())
            .col(ColumnDef::new("writes").big_integer().not_null());
        manager.create_table(probes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
