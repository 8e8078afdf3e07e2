//! The id of this installation: one row, written by the first server that asks. By this id a server recognises the
//! pictures of other installations.
//!
//! After this change was taken back and applied again, the database is another installation. Its pictures carry the
//! former mark, and none is swept until the operator removes that mark (docs/deployment.md).

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
            // Always 1, so that the key refuses the second of two servers that write at once.
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
