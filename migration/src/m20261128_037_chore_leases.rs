//! Which server does which chore.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table, time, uuid};

const TABLE: &str = "chore_leases";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut leases = table(manager, TABLE);
        leases
            // MySQL keeps each statement, so a run that was cut off has the table already.
            .if_not_exists()
            .col(ColumnDef::new("chore").string_len(32).not_null().primary_key())
            // Null while nobody has it.
            .col(uuid("holder"))
            .col(time(manager, "held_until"));
        manager.create_table(leases).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
