//! Pending registrations: registrations of addresses that are not activated yet, each with its own password and
//! token.

use sea_orm_migration::prelude::*;

use crate::schema::{digest, drop_table, foreign_key, id, index, table, time, unique, user_id, uuid};

const TABLE: &str = "pending_registrations";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut registrations = table(manager, TABLE);
        registrations
            .col(id())
            .col(uuid("uuid").not_null())
            .col(user_id())
            .col(digest("token"))
            .col(ColumnDef::new("hashed_password").string_len(255).not_null())
            .col(ColumnDef::new("display_name").string_len(255))
            .col(ColumnDef::new("client_address").string_len(45))
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .foreign_key(&mut foreign_key(
                "fk_pending_registrations_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(registrations).await?;
        manager.create_index(unique("ix_pending_registrations_uuid", TABLE, "uuid")).await?;
        manager.create_index(unique("ix_pending_registrations_token", TABLE, "token")).await?;
        manager.create_index(index("ix_pending_registrations_user_id", TABLE, &["user_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
