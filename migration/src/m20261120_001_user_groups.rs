//! The groups of accounts, with their three rows (theater contract 4).

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, table, unique};

const TABLE: &str = "user_groups";

/// Ids and labels. The ids are fixed, because the adapter knows them and tells a role without a join.
const GROUPS: [(i64, &str); 3] = [(1, "USER"), (2, "MODERATOR"), (3, "ADMIN")];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut groups = table(manager, TABLE);
        groups
            .col(ColumnDef::new("id").big_integer().not_null().primary_key())
            .col(ColumnDef::new("name").string_len(16).not_null())
            .check(("ck_user_groups_name", Expr::col("name").is_in(GROUPS.map(|(_, name)| name))));
        manager.create_table(groups).await?;
        manager.create_index(unique("ix_user_groups_name", TABLE, "name")).await?;

        let mut seed = Query::insert();
        seed.into_table(TABLE).columns(["id", "name"]);
        for (id, name) in GROUPS {
            seed.values_panic([id.into(), name.into()]);
        }
        manager.execute(seed).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
