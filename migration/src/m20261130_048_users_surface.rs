//! The surface through which an account came, and the list of those that came through one.
//!
//! Nobody knows it of the accounts that are there, and a server of the release before does not note it.

use sea_orm_migration::prelude::*;

use crate::schema::index;
use crate::taken::take;

const TABLE: &str = "users";
const COLUMN: &str = "surface";
const NAME: &str = "ix_users_surface";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLE).await?;
        // MySQL keeps each statement, so a run that was cut off has the column already.
        if !manager.has_column(TABLE, COLUMN).await? {
            let mut column = ColumnDef::new(COLUMN);
            column.string_len(32);
            manager.alter_table(Table::alter().table(TABLE).add_column(column).to_owned()).await?;
        }
        if manager.has_index(TABLE, NAME).await? {
            return Ok(());
        }
        // In the order of the list of all accounts, for each surface and for those of which none is known.
        manager.create_index(index(NAME, TABLE, &[COLUMN, "deleted_at", "created_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLE).await?;
        // SQLite drops no column that is in an index.
        if manager.has_index(TABLE, NAME).await? {
            manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await?;
        }
        if !manager.has_column(TABLE, COLUMN).await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).to_owned()).await
    }
}
