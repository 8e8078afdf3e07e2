//! Keys of other systems that imported password hashes need.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table, time};

const TABLE: &str = "import_keys";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut keys = table(manager, TABLE);
        keys
            // MySQL keeps each statement, so a run that was cut off has the table already.
            .if_not_exists()
            .col(ColumnDef::new("name").string_len(32).not_null().primary_key())
            // Encrypted.
            .col(ColumnDef::new("sealed").blob().not_null())
            .col(time(manager, "kept_at").not_null());
        manager.create_table(keys).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
