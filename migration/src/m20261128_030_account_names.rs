//! What the list of all accounts is searched by: the user names of the accounts that are not in the trash, in the
//! order of the list, and every three characters in a row of each name, as a number that sorts as they do.
//!
//! A part that few names have is found by its rarest three characters; one that many have is soon met in the order
//! of the list. Times are in microseconds since 1970.
//!
//! It is derived from the accounts. `up` makes it of those that are there, as the adapter does for new ones.

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::sea_orm::prelude::TimeDateTimeWithTimeZone;

use crate::schema::{drop_table, table};

const NAMES: &str = "account_names";
const TRIGRAMS: &str = "account_trigrams";
/// How many accounts are read at once.
const PART: u64 = 5_000;
/// How many rows a statement adds: each has three parameters, of which SQLite takes 32,766.
const ROWS: usize = 5_000;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        // Neither has a foreign key, which would need an index as large as the table: the adapter removes these rows
        // with the account, and a row without an account is passed over.
        let mut names = table(manager, NAMES);
        names
            .col(ColumnDef::new("created_at_us").big_integer().not_null())
            .col(ColumnDef::new("user_id").big_integer().not_null())
            // Folded, a name can be three times as long: ΐ becomes three characters.
            .col(ColumnDef::new("name").string_len(765).not_null())
            .primary_key(Index::create().name("pk_account_names").col("created_at_us").col("user_id"));
        let mut trigrams = table(manager, TRIGRAMS);
        trigrams
            .col(ColumnDef::new("trigram").big_integer().not_null())
            .col(ColumnDef::new("created_at_us").big_integer().not_null())
            .col(ColumnDef::new("user_id").big_integer().not_null())
            .primary_key(
                Index::create()
                    .name("pk_account_trigrams")
                    .col("trigram")
                    .col("created_at_us")
                    .col("user_id"),
            );
        for mut created in [names, trigrams] {
            if is_sqlite {
                // The primary key is the table, as it is on MySQL.
                created.extra("WITHOUT ROWID");
            }
            manager.create_table(created).await?;
        }
        fill(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, TRIGRAMS).await?;
        drop_table(manager, NAMES).await
    }
}

async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut last = i64::MIN;
    loop {
        let some = Query::select()
            .columns(["id", "created_at", "username"])
            .from("users")
            .and_where(Expr::col("id").gt(last))
            .and_where(Expr::col("username").is_not_null())
            .and_where(Expr::col("deleted_at").is_null())
            .order_by("id", Order::Asc)
            .limit(PART)
            .to_owned();
        let rows = manager.get_connection().query_all(&some).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut names = Query::insert();
        names.into_table(NAMES).columns(["created_at_us", "user_id", "name"]);
        let mut trigrams = Vec::new();
        for row in rows {
            last = row.try_get_by_index(0)?;
            let created: TimeDateTimeWithTimeZone = row.try_get_by_index(1)?;
            let username: String = row.try_get_by_index(2)?;
            let micros = created.unix_timestamp() * 1_000_000 + i64::from(created.microsecond());
            let name = folded(&username);
            trigrams.extend(trigrams_of(&name).into_iter().map(|trigram| (trigram, micros, last)));
            names.values_panic([micros.into(), last.into(), name.into()]);
        }
        manager.execute(names).await?;
        // In the order of the table, so that each of its pages is written once for all that goes there.
        trigrams.sort_unstable();
        for some in trigrams.chunks(ROWS) {
            let mut insert = Query::insert();
            insert.into_table(TRIGRAMS).columns(["trigram", "created_at_us", "user_id"]);
            for (trigram, micros, id) in some {
                insert.values_panic([(*trigram).into(), (*micros).into(), (*id).into()]);
            }
            manager.execute(insert).await?;
        }
    }
}

fn folded(username: &str) -> String {
    username.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Each three characters in a row, 21 bits each; those at the end are filled up with zeros.
fn trigrams_of(name: &str) -> BTreeSet<i64> {
    let letters: Vec<i64> = name.chars().map(|letter| u32::from(letter).into()).collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or_default();
    (0..letters.len()).map(|place| at(place) << 42 | at(place + 1) << 21 | at(place + 2)).collect()
}
