//! The ledger of points: every change of a balance, and what the balance was after it. Rows are added and never
//! changed (points contract, decision 7).
//!
//! Accounts that have points already get an entry that says so, so that a balance is the sum of its entries.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, foreign_key, id, index, now, table, time, user_id};

const TABLE: &str = "points_entries";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut entries = table(manager, TABLE);
        entries
            .col(id())
            .col(user_id())
            // `add`, `deduct`, or `opening` of what was there before the ledger.
            .col(ColumnDef::new("kind").string_len(8).not_null())
            .col(ColumnDef::new("amount").big_integer().not_null())
            .col(ColumnDef::new("balance_after").big_integer().not_null())
            .col(ColumnDef::new("reason").string_len(255))
            .col(ColumnDef::new("actor_id").big_integer())
            // Digest of the key under which it was asked for. The row of the key is gone after a day.
            .col(ColumnDef::new("idempotency_key").string_len(64))
            .col(time(manager, "created_at").not_null())
            .check(("ck_points_entries_amount", Expr::col("amount").gte(0)))
            .check(("ck_points_entries_balance_after", Expr::col("balance_after").gte(0)))
            .foreign_key(&mut foreign_key(
                "fk_points_entries_user_id",
                (TABLE, "user_id"),
                ("users", "id"),
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut foreign_key(
                "fk_points_entries_actor_id",
                (TABLE, "actor_id"),
                ("users", "id"),
                ForeignKeyAction::SetNull,
            ));
        manager.create_table(entries).await?;
        // With the id: a history is read in its order.
        manager.create_index(index("ix_points_entries_user_id", TABLE, &["user_id", "id"])).await?;
        manager.create_index(index("ix_points_entries_actor_id", TABLE, &["actor_id"])).await?;
        let columns = ["user_id", "kind", "amount", "balance_after", "created_at"];
        let balances = Query::select()
            .column("id")
            .expr(Expr::cust("'opening'"))
            .column("points")
            .column("points")
            .expr(now(manager))
            .from("users")
            .and_where(Expr::col("points").gt(0))
            .to_owned();
        let mut open = Query::insert();
        open.into_table(TABLE).columns(columns);
        open.select_from(balances).map_err(|error| DbErr::Custom(error.to_string()))?;
        manager.execute(open).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TABLE).await
    }
}
