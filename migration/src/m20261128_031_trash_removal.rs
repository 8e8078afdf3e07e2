//! Accounts in the trash that are being removed for good, which takes several units of work.

use sea_orm_migration::prelude::*;

use crate::schema::{index, time};

const TABLE: &str = "trash";
const NAME: &str = "ix_trash_removal_began_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = time(manager, "removal_began_at");
        manager.alter_table(Table::alter().table(TABLE).add_column(column).to_owned()).await?;
        manager.create_index(index(NAME, TABLE, &["removal_began_at", "deleted_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await?;
        manager.alter_table(Table::alter().table(TABLE).drop_column("removal_began_at").to_owned()).await
    }
}
