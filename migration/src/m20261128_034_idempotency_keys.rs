//! What was asked for under an idempotency key, and what was answered, for a day (points contract, decision 7).

use sea_orm_migration::prelude::*;

use crate::schema::{digest, drop_table, foreign_key, id, index, table, text, time, user_id, uuid};

const TABLE: &str = "idempotency_keys";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut keys = table(manager, TABLE);
        keys.col(id())
            .col(user_id())
            // Method and path.
            .col(ColumnDef::new("scope").string_len(64).not_null())
            .col(digest("key_digest"))
            // Digest of the fields.
            .col(digest("request"))
            // Whose turn it is to answer.
            .col(uuid("holder").not_null())
            .col(time(manager, "held_until").not_null())
            // Null while the first request is under way.
            .col(text(manager, "answer"))
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .foreign_key(&mut foreign_key(
                "fk_idempotency_keys_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(keys).await?;
        let mut one_each = index("ix_idempotency_keys_user_id", TABLE, &["user_id", "scope", "key_digest"]);
        manager.create_index(one_each.unique().to_owned()).await?;
        manager.create_index(index("ix_idempotency_keys_expires_at", TABLE, &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
