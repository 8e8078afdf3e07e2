//! When the owner of a session was last seen, to the minute.

use sea_orm_migration::prelude::*;

use crate::schema::time;
use crate::taken::take;

const TABLE: &str = "sessions";
const COLUMN: &str = "last_seen_at";
/// What this change and those behind it in the same run touch, in the order in which servers take them.
const TAKEN: &str = "users, sessions";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TAKEN).await?;
        // MySQL keeps each statement, so a run that was cut off has the column already.
        if manager.has_column(TABLE, COLUMN).await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table(TABLE).add_column(time(manager, COLUMN)).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TAKEN).await?;
        if !manager.has_column(TABLE, COLUMN).await? {
            return Ok(());
        }
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).to_owned()).await
    }
}
