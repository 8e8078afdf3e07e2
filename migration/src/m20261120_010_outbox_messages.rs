//! The outbox: messages that wait to be sent (design section 9).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, table, text, time, uuid};

const TABLE: &str = "outbox_messages";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut messages = table(manager, TABLE);
        messages
            .col(uuid("id").not_null().primary_key())
            .col(ColumnDef::new("channel").string_len(8).not_null())
            .col(ColumnDef::new("language").string_len(8).not_null())
            .col(ColumnDef::new("sealed_notice").blob().not_null())
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "available_at").not_null())
            .col(ColumnDef::new("attempts").integer().not_null().default(0))
            .col(uuid("lease"))
            .col(time(manager, "leased_until"))
            .col(time(manager, "parked_at"))
            .col(text(manager, "last_error"))
            .check(("ck_outbox_messages_attempts", Expr::col("attempts").gte(0)));
        manager.create_table(messages).await?;
        // What waits, oldest first.
        let waiting = &["parked_at", "created_at", "id"];
        manager.create_index(index("ix_outbox_messages_waiting", TABLE, waiting)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
