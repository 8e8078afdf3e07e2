//! Which installation this database is: one row, written by the first server that asks. By its id a server knows
//! the pictures of others.
//!
//! Taken back and applied again, the database is another installation: its pictures carry the mark of the one
//! before, and none is swept up until the operator removes that mark (docs/deployment.md).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, now, table, time, uuid};

const TABLE: &str = "installation";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut installation = table(manager, TABLE);
        installation
            // Always 1: of two servers that write it at once, the key lets one.
            .col(ColumnDef::new("id").small_integer().not_null().primary_key())
            .col(uuid("uuid").not_null())
            .col(time(manager, "created_at").not_null().default(now(manager)))
            .check(("ck_installation_id", Expr::col("id").eq(1)));
        manager.create_table(installation).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
