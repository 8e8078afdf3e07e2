//! Which server does which chore, and until when a removal that failed is left alone, so that it holds up no other.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table, time, uuid};

const TABLE: &str = "chore_leases";
const TRASH: &str = "trash";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut leases = table(manager, TABLE);
        leases
            .col(ColumnDef::new("chore").string_len(32).not_null().primary_key())
            // Null while nobody has it.
            .col(uuid("holder"))
            .col(time(manager, "held_until"));
        manager.create_table(leases).await?;
        // One column a statement, as SQLite wants it.
        let failures = ColumnDef::new("removal_failures").integer().not_null().default(0).to_owned();
        for column in [failures, time(manager, "removal_put_off_until")] {
            manager.alter_table(Table::alter().table(TRASH).add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["removal_put_off_until", "removal_failures"] {
            manager.alter_table(Table::alter().table(TRASH).drop_column(column).to_owned()).await?;
        }
        drop_table(manager, TABLE).await
    }
}
