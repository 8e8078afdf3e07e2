//! How often what happened, by day and surface: added up by each server, and never counted anew.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table};

const TABLE: &str = "daily_counts";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut counts = table(manager, TABLE);
        counts
            // MySQL keeps each statement, so a run that was cut off has the table already.
            .if_not_exists()
            .col(ColumnDef::new("day").date().not_null())
            .col(ColumnDef::new("surface").string_len(32).not_null())
            .col(ColumnDef::new("kind").string_len(32).not_null())
            .col(ColumnDef::new("amount").big_integer().not_null())
            .primary_key(Index::create().name("pk_daily_counts").col("day").col("surface").col("kind"))
            .check(("ck_daily_counts_amount", Expr::col("amount").gte(0)));
        manager.create_table(counts).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
