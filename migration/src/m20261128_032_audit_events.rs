//! What was done to accounts: one row an event, which nothing changes and the retention alone removes.
//!
//! Accounts are named by their UUIDs, without foreign keys: a row outlives the account, and what was done to one
//! account stays together when the account is removed, as it would not with `SET NULL`.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, table, time, uuid};

const TABLE: &str = "audit_events";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut events = table(manager, TABLE);
        let has_actor = Expr::col("actor_kind").eq("account").and(Expr::col("actor").is_not_null());
        let has_none = Expr::col("actor_kind").ne("account").and(Expr::col("actor").is_null());
        events
            .col(uuid("id").not_null().primary_key())
            .col(time(manager, "at").not_null())
            .col(ColumnDef::new("actor_kind").string_len(16).not_null())
            .col(uuid("actor"))
            .col(uuid("account"))
            .col(ColumnDef::new("action").string_len(64).not_null())
            .col(ColumnDef::new("surface").string_len(32).not_null())
            .col(ColumnDef::new("client").string_len(45))
            .col(uuid("request_id"))
            .col(ColumnDef::new("details").string_len(1024))
            .col(ColumnDef::new("times").big_integer().not_null().default(1))
            .check(("ck_audit_events_actor", has_actor.or(has_none)))
            .check(("ck_audit_events_times", Expr::col("times").gt(0)));
        manager.create_table(events).await?;
        // The order of the list is time and id: for all, for one account, for one action.
        manager.create_index(index("ix_audit_events_at", TABLE, &["at", "id"])).await?;
        manager.create_index(index("ix_audit_events_account", TABLE, &["account", "at", "id"])).await?;
        manager.create_index(index("ix_audit_events_action", TABLE, &["action", "at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
