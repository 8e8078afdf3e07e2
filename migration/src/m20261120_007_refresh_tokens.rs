//! Refresh tokens, in families owned by sessions (theater contract 4, design section 6).

use sea_orm_migration::prelude::*;

use crate::schema::{digest, drop_table, foreign_key, id, index, table, time, unique, user_id, uuid};

const TABLE: &str = "refresh_tokens";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut tokens = table(manager, TABLE);
        tokens
            .col(id())
            .col(uuid("jti").not_null())
            .col(uuid("session_id").not_null())
            .col(user_id())
            // No foreign key: a successor may outlive its parent.
            .col(uuid("parent"))
            .col(digest("token"))
            .col(time(manager, "issued_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .col(time(manager, "rotated_at"))
            .foreign_key(&mut foreign_key(
                "fk_refresh_tokens_session_id",
                (TABLE, "session_id"),
                ("sessions", "id"),
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut foreign_key(
                "fk_refresh_tokens_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(tokens).await?;
        manager.create_index(unique("ix_refresh_tokens_jti", TABLE, "jti")).await?;
        manager.create_index(unique("ix_refresh_tokens_token", TABLE, "token")).await?;
        manager.create_index(unique("ix_refresh_tokens_parent", TABLE, "parent")).await?;
        manager.create_index(index("ix_refresh_tokens_session_id", TABLE, &["session_id"])).await?;
        manager.create_index(index("ix_refresh_tokens_user_id", TABLE, &["user_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
