//! Codes that prove an address or a number (points contract, decision 4; mobile contract, decision 5).

use sea_orm_migration::prelude::*;

use crate::schema::{digest, drop_table, foreign_key, id, index, table, time};

const TABLE: &str = "verification_codes";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut codes = table(manager, TABLE);
        codes
            .col(id())
            // `mail` or `sms`, and the address or number.
            .col(ColumnDef::new("channel").string_len(8).not_null())
            .col(ColumnDef::new("recipient").string_len(255).not_null())
            .col(ColumnDef::new("purpose").string_len(32).not_null())
            // An address need not belong to an account yet.
            .col(ColumnDef::new("user_id").big_integer())
            .col(digest("code"))
            .col(ColumnDef::new("attempts").integer().not_null().default(0))
            .col(time(manager, "created_at").not_null())
            .col(time(manager, "expires_at").not_null())
            .col(time(manager, "verified_at"))
            .check(("ck_verification_codes_attempts", Expr::col("attempts").gte(0)))
            .foreign_key(&mut foreign_key(
                "fk_verification_codes_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ));
        manager.create_table(codes).await?;
        let mut one_each =
            index("ix_verification_codes_recipient", TABLE, &["channel", "recipient", "purpose"]);
        manager.create_index(one_each.unique().to_owned()).await?;
        manager.create_index(index("ix_verification_codes_user_id", TABLE, &["user_id"])).await?;
        manager.create_index(index("ix_verification_codes_expires_at", TABLE, &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
