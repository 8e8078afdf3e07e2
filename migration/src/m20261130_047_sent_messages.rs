//! That a message was sent: to whom and when, and nothing of what was in it.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, table, time, uuid};

const TABLE: &str = "sent_messages";

/// By time, for the list and the purge; by recipient, for the erasure of an account.
const INDEXES: [(&str, &[&str]); 2] =
    [("ix_sent_messages_sent_at", &["sent_at", "id"]), ("ix_sent_messages_recipient", &["recipient"])];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut messages = table(manager, TABLE);
        messages
            // MySQL keeps each statement, so a run that was cut off has the table already.
            .if_not_exists()
            // The id that the message had in the outbox.
            .col(uuid("id").not_null().primary_key())
            .col(ColumnDef::new("kind").string_len(32).not_null())
            .col(ColumnDef::new("channel").string_len(8).not_null())
            .col(ColumnDef::new("language").string_len(8).not_null())
            // It names no account: the outbox knows none, and an address need not belong to one.
            .col(ColumnDef::new("recipient").string_len(255).not_null())
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "sent_at").not_null())
            .check(("ck_sent_messages_attempts", Expr::col("attempts").gte(0)));
        manager.create_table(messages).await?;
        for (name, columns) in INDEXES {
            if !manager.has_index(TABLE, name).await? {
                manager.create_index(index(name, TABLE, columns)).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
