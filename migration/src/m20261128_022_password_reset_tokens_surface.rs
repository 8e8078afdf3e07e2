//! The surface at which a password reset was asked for. Its password rules apply on the page to which the mail links.

use sea_orm_migration::prelude::*;

const TABLE: &str = "password_reset_tokens";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Tokens from before, and from a server that does not know the column yet, have none.
        let surface = ColumnDef::new("surface").string_len(32).to_owned();
        manager.alter_table(Table::alter().table(TABLE).add_column(surface).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TABLE).drop_column("surface").to_owned()).await
    }
}
