//! How far the table of trigrams (`m20261126_020_contact_trigrams`) is known to be filled.
//!
//! Without its row nothing is known: the next server that starts goes through all contacts in the background, and so
//! does `vestibule contacts reindex`. Taking the trigrams back takes this table back first, so they are rebuilt after
//! they are applied again.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table, time};

const TABLE: &str = "contact_index_progress";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut progress = table(manager, TABLE);
        progress
            // Always 1.
            .col(ColumnDef::new("id").small_integer().not_null().primary_key())
            // The id of the last contact that is covered.
            .col(ColumnDef::new("reached").big_integer().not_null().default(0))
            // When all contacts were covered.
            .col(time(manager, "finished_at"))
            .check(("ck_contact_index_progress_id", Expr::col("id").eq(1)));
        manager.create_table(progress).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
