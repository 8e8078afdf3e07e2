//! The process that holds the lease on a message, so that the leases of a dead process can be ended.

use sea_orm_migration::prelude::*;

use crate::schema::{index, uuid};

const NAME: &str = "ix_outbox_messages_leased_by";
const TABLE: &str = "outbox_messages";
const COLUMN: &str = "leased_by";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table(TABLE).add_column(uuid(COLUMN)).to_owned();
        manager.alter_table(add).await?;
        manager.create_index(index(NAME, TABLE, &[COLUMN])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite does not drop a column that an index uses.
        manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await?;
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).to_owned()).await
    }
}
