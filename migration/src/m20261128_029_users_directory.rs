//! The list of all accounts: its order, and how many there are.
//!
//! To count a million accounts takes longer than to show a page of them, so each unit of work that adds, removes,
//! trashes or restores an account counts it. Sixty-four rows share the count, by the account's id, so that
//! registrations do not wait for each other.

use sea_orm_migration::prelude::*;

use crate::schema::{drop_table, index, table};

const NAME: &str = "ix_users_deleted_at";
const COUNTS: &str = "account_counts";
/// How many rows share the count. The adapter has the same number.
const SHARDS: i64 = 64;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(NAME, "users", &["deleted_at", "created_at", "id"])).await?;
        let mut counts = table(manager, COUNTS);
        counts
            .col(ColumnDef::new("shard").small_integer().not_null().primary_key())
            // Accounts that are not in the trash.
            .col(ColumnDef::new("listed").big_integer().not_null().default(0))
            // Entries of the trash.
            .col(ColumnDef::new("trashed").big_integer().not_null().default(0));
        manager.create_table(counts).await?;
        // Written out: two parameters would not be known to be the same expression.
        let shard = |column| Expr::cust(format!("{column} % {SHARDS}"));
        for (table, column, counted, which) in [
            ("users", "id", "listed", Expr::col("deleted_at").is_null()),
            ("trash", "user_id", "trashed", Expr::val(1).eq(1)),
        ] {
            let mut counts = Query::select();
            counts.expr(shard(column)).expr(Func::count(Expr::col(Asterisk))).from(table).and_where(which);
            counts.add_group_by([shard(column)]);
            for row in manager.get_connection().query_all(&counts).await? {
                let shard: i64 = row.try_get_by_index(0)?;
                let count: i64 = row.try_get_by_index(1)?;
                let update = Query::update()
                    .table(COUNTS)
                    .value(counted, count)
                    .and_where(Expr::col("shard").eq(shard))
                    .to_owned();
                if manager.get_connection().execute(&update).await?.rows_affected() == 0 {
                    let mut insert = Query::insert();
                    insert.into_table(COUNTS).columns(["shard", counted]);
                    insert.values_panic([shard.into(), count.into()]);
                    manager.execute(insert).await?;
                }
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, COUNTS).await?;
        manager.drop_index(Index::drop().name(NAME).table("users").to_owned()).await
    }
}
