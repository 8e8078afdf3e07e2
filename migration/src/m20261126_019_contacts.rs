//! Address books (contacts contract 3).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, index, table, user_id};

const TABLE: &str = "contacts";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut contacts = table(manager, TABLE);
        contacts
            .col(id())
            .col(ColumnDef::new("fullname").string_len(150).not_null())
            // A folded text can be three times as long: ΐ becomes three characters.
            .col(ColumnDef::new("fullname_folded").string_len(450).not_null())
            .col(ColumnDef::new("email").string_len(200))
            .col(ColumnDef::new("email_folded").string_len(600))
            .col(ColumnDef::new("phone_number").big_integer())
            .col(ColumnDef::new("birthday").date())
            // Month × 100 + day, so that birthdays are a range of an index.
            .col(ColumnDef::new("birthday_month_day").small_integer())
            .col(ColumnDef::new("additional").string_len(500))
            .col(user_id())
            .col(ColumnDef::new("avatar").string_len(500))
            .col(ColumnDef::new("avatar_object").string_len(255))
            .foreign_key(&mut foreign_key(
                "fk_contacts_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(contacts).await?;
        manager.create_index(index("ix_contacts_user_id", TABLE, &["user_id", "id"])).await?;
        // The sweep of pictures queries this column.
        manager.create_index(index("ix_contacts_avatar_object", TABLE, &["avatar_object"])).await?;
        let birthdays = ["user_id", "birthday_month_day"];
        manager.create_index(index("ix_contacts_user_id_birthday_month_day", TABLE, &birthdays)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
