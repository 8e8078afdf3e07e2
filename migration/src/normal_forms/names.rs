//! Names that are told apart by a column of their own.

use sea_orm_migration::prelude::*;

/// How many rows are read at once.
const PART: u64 = 5_000;

/// Makes the column by which the names of a table are told apart. A name whose new form is another row's is kept as it
/// is, and logged.
pub(crate) async fn make_anew(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    key: &'static str,
    new_key: impl Fn(&str) -> String + Send + Sync,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let mut last = i64::MIN;
    loop {
        let some = Query::select()
            .columns(["id", name, key])
            .from(table)
            .and_where(Expr::col("id").gt(last))
            .and_where(Expr::col(name).is_not_null())
            .order_by("id", Order::Asc)
            .limit(PART)
            .to_owned();
        let rows = db.query_all(&some).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            last = row.try_get_by_index(0)?;
            let text: String = row.try_get_by_index(1)?;
            if text.is_ascii() {
                continue;
            }
            let (before, after): (Option<String>, String) = (row.try_get_by_index(2)?, new_key(&text));
            if before.as_ref() == Some(&after) {
                continue;
            }
            let holder =
                Query::select().column("id").from(table).and_where(Expr::col(key).eq(&*after)).to_owned();
            if let Some(holder) = db.query_one(&holder).await? {
                let holder: i64 = holder.try_get_by_index(0)?;
                tracing::warn!(
                    "{table}.{name}: the rows {holder} and {last} have names that differ only in their Unicode form; \
                     both are kept, and row {last} is found by its own spelling alone"
                );
                continue;
            }
            let mut update = Query::update();
            update.table(table).value(key, after).and_where(Expr::col("id").eq(last));
            // Nobody changed it meanwhile.
            update.and_where(match before {
                Some(before) => Expr::col(key).eq(before),
                None => Expr::col(key).is_null(),
            });
            db.execute(&update).await?;
        }
    }
}
