//! When an account was first let in without a proof of its mail: at once when it was registered, or by its mobile
//! number. Without it such an account would, once it is locked out, look like one that was never activated.

use sea_orm_migration::prelude::*;

use crate::schema::time;

const TABLE: &str = "users";
const COLUMN: &str = "activated_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table(TABLE).add_column(time(manager, COLUMN)).to_owned();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).to_owned()).await
    }
}
