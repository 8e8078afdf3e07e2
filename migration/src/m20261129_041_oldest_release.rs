//! The oldest release that can run beside each applied change, for servers that do not know the change.

use sea_orm_migration::prelude::*;

use crate::applied::{HISTORY, OLDEST_RELEASE};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL keeps each statement, so a run that was cut off has the column already.
        if manager.has_column(HISTORY, OLDEST_RELEASE).await? {
            return Ok(());
        }
        let column = ColumnDef::new(OLDEST_RELEASE).string_len(32).to_owned();
        manager.alter_table(Table::alter().table(HISTORY).add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(HISTORY).drop_column(OLDEST_RELEASE).to_owned()).await
    }
}
