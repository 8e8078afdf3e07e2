//! The trash: accounts that were removed and can be restored (admin contract 2.9 to 2.13).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, index, table, text, time, unique, user_id};

const TABLE: &str = "trash";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut trash = table(manager, TABLE);
        trash
            .col(id())
            .col(user_id())
            .col(ColumnDef::new("deleted_by").big_integer())
            .col(time(manager, "deleted_at").not_null())
            .col(text(manager, "reason").not_null())
            .foreign_key(&mut foreign_key(
                "fk_trash_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut foreign_key(
                "fk_trash_deleted_by",
                (TABLE, "deleted_by"),
                ("users", "id"),
                ForeignKeyAction::SetNull,
            ));
        manager.create_table(trash).await?;
        manager.create_index(unique("ix_trash_user_id", TABLE, "user_id")).await?;
        manager.create_index(index("ix_trash_deleted_by", TABLE, &["deleted_by"])).await?;
        manager.create_index(index("ix_trash_deleted_at", TABLE, &["deleted_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
