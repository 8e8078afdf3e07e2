//! What the list of all accounts is searched by.

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::prelude::TimeDateTimeWithTimeZone;

use super::rule::{Rule, pack};

const NAMES: &str = "account_names";
const TRIGRAMS: &str = "account_trigrams";
/// How many accounts are read at once.
const PART: u64 = 5_000;

/// Makes the names and their three characters in a row anew, of accounts outside the trash.
pub(crate) async fn make_anew(manager: &SchemaManager<'_>, before: Rule, after: Rule) -> Result<(), DbErr> {
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
        for row in rows {
            last = row.try_get_by_index(0)?;
            let name: String = row.try_get_by_index(2)?;
            if !name.is_ascii() {
                let created: TimeDateTimeWithTimeZone = row.try_get_by_index(1)?;
                let micros = created.unix_timestamp() * 1_000_000 + i64::from(created.microsecond());
                make_one_anew(manager, (micros, last), before.folded(&name), after.folded(&name)).await?;
            }
        }
    }
}

async fn make_one_anew(
    manager: &SchemaManager<'_>,
    (micros, id): (i64, i64),
    before: String,
    after: String,
) -> Result<(), DbErr> {
    if before == after {
        return Ok(());
    }
    let this = |column: &'static str, value: i64| Expr::col(column).eq(value);
    let (old, new) = (trigrams_of(&before), trigrams_of(&after));
    let mut name = Query::update();
    name.table(NAMES).value("name", after);
    name.and_where(this("created_at_us", micros)).and_where(this("user_id", id));
    manager.get_connection().execute(&name).await?;
    let mut gone = Query::delete();
    gone.from_table(TRIGRAMS).and_where(this("created_at_us", micros)).and_where(this("user_id", id));
    gone.and_where(Expr::col("trigram").is_in(old.difference(&new).copied()));
    manager.execute(gone).await?;
    let mut added = Query::insert();
    let key = ["trigram", "created_at_us", "user_id"];
    added.into_table(TRIGRAMS).columns(key);
    for trigram in &new {
        added.values_panic([(*trigram).into(), micros.into(), id.into()]);
    }
    added.on_conflict(OnConflict::columns(key).do_nothing_on(key).to_owned());
    manager.execute(added).await
}

/// Each three characters in a row; those at the end are filled up with zeros.
fn trigrams_of(name: &str) -> BTreeSet<i64> {
    let letters: Vec<char> = name.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or_default();
    (0..letters.len()).map(|place| pack([at(place), at(place + 1), at(place + 2)])).collect()
}
