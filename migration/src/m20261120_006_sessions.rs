//! Sessions: signed-in devices (design section 6).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, index, table, time, user_id, uuid};

const TABLE: &str = "sessions";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sessions = table(manager, TABLE);
        sessions
            .col(uuid("id").not_null().primary_key())
            .col(user_id())
            .col(ColumnDef::new("surface").string_len(32).not_null())
            .col(ColumnDef::new("user_agent").string_len(255))
            .col(ColumnDef::new("client_address").string_len(45))
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .col(time(manager, "revoked_at"))
            .foreign_key(&mut foreign_key(
                "fk_sessions_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(sessions).await?;
        manager.create_index(index("ix_sessions_user_id", TABLE, &["user_id"])).await?;
        manager.create_index(index("ix_sessions_expires_at", TABLE, &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
