//! Accounts (theater contract 4, design section 5).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, index, now, table, time, unique, uuid};

const TABLE: &str = "users";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut users = table(manager, TABLE);
        users
            .col(id())
            .col(uuid("uuid").not_null())
            .col(ColumnDef::new("email").string_len(255))
            .col(ColumnDef::new("username").string_len(255))
            // A text can be longer in lower case: İ becomes two characters.
            .col(ColumnDef::new("username_folded").string_len(512))
            .col(ColumnDef::new("display_name").string_len(255))
            .col(ColumnDef::new("mobile").string_len(32))
            .col(ColumnDef::new("phone_number").string_len(255))
            .col(ColumnDef::new("hashed_password").string_len(255).not_null())
            .col(ColumnDef::new("group_id").big_integer().not_null())
            .col(ColumnDef::new("is_active").boolean().not_null().default(false))
            .col(time(manager, "email_verified_at"))
            .col(ColumnDef::new("points").big_integer().not_null().default(0))
            .col(time(manager, "created_at").not_null().default(now(manager)))
            .col(time(manager, "updated_at").not_null().default(now(manager)))
            .col(ColumnDef::new("updated_by").big_integer())
            .col(time(manager, "deleted_at"))
            .check(("ck_users_points", Expr::col("points").gte(0)))
            // This is not the cascade of the contract, because removing a group must never remove accounts.
            .foreign_key(&mut foreign_key(
                "fk_users_group_id",
                (TABLE, "group_id"),
                ("user_groups", "id"),
                ForeignKeyAction::Restrict,
            ))
            .foreign_key(&mut foreign_key(
                "fk_users_updated_by",
                (TABLE, "updated_by"),
                (TABLE, "id"),
                ForeignKeyAction::SetNull,
            ));
        manager.create_table(users).await?;
        manager.create_index(unique("ix_users_uuid", TABLE, "uuid")).await?;
        manager.create_index(unique("ix_users_email", TABLE, "email")).await?;
        manager.create_index(unique("ix_users_username_folded", TABLE, "username_folded")).await?;
        manager.create_index(unique("ix_users_mobile", TABLE, "mobile")).await?;
        manager.create_index(index("ix_users_group_id", TABLE, &["group_id"])).await?;
        manager.create_index(index("ix_users_updated_by", TABLE, &["updated_by"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
