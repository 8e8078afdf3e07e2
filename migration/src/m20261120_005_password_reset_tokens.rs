//! Password reset tokens, one per account (theater contract 4). Only the digest is kept.

use sea_orm_migration::prelude::*;

use crate::schema::{digest, drop_table, foreign_key, id, index, table, time, unique, user_id};

const TABLE: &str = "password_reset_tokens";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut tokens = table(manager, TABLE);
        tokens
            .col(id())
            .col(user_id())
            .col(digest("token"))
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .foreign_key(&mut foreign_key(
                "fk_password_reset_tokens_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(tokens).await?;
        manager.create_index(unique("ix_password_reset_tokens_user_id", TABLE, "user_id")).await?;
        manager.create_index(unique("ix_password_reset_tokens_token", TABLE, "token")).await?;
        manager.create_index(index("ix_password_reset_tokens_expires_at", TABLE, &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
