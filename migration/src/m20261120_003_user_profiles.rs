//! Profiles of accounts (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, table, text, unique, user_id};

const TABLE: &str = "user_profiles";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut profiles = table(manager, TABLE);
        profiles
            .col(id())
            .col(user_id())
            .col(ColumnDef::new("first_name").string_len(100))
            .col(ColumnDef::new("last_name").string_len(100))
            .col(ColumnDef::new("avatar").string_len(255))
            .col(ColumnDef::new("gender").string_len(16))
            .col(ColumnDef::new("date_of_birth").date())
            .col(text(manager, "info"))
            .check(("ck_user_profiles_gender", Expr::col("gender").is_in(["MAN", "WOMAN"])))
            .foreign_key(&mut foreign_key(
                "fk_user_profiles_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(profiles).await?;
        manager.create_index(unique("ix_user_profiles_user_id", TABLE, "user_id")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
