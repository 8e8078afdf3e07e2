//! Names that are told apart by a column of their own.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, SqlErr, TransactionTrait as _};

/// How many rows are read at once.
const PART: u64 = 5_000;

/// A column with names, and what is made of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    pub(crate) table: &'static str,
    /// The names as they were given.
    pub(crate) name: &'static str,
    /// By this they are told apart. It may be the same column.
    pub(crate) key: &'static str,
    /// What becomes of a row whose new form another row has.
    pub(crate) otherwise: &'static str,
}

impl Names {
    /// Makes the column by which the names are told apart. A name whose new form is another row's is kept as it is, and
    /// logged.
    pub(crate) async fn make_anew(
        self,
        manager: &SchemaManager<'_>,
        new_key: impl Fn(&str) -> String + Send + Sync,
    ) -> Result<(), DbErr> {
        let Self { table, name, key, .. } = self;
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
            let rows = manager.get_connection().query_all(&some).await?;
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
                if before.as_ref() != Some(&after) {
                    self.set(manager, last, before, after).await?;
                }
            }
        }
    }

    async fn set(
        self,
        manager: &SchemaManager<'_>,
        row: i64,
        before: Option<String>,
        after: String,
    ) -> Result<(), DbErr> {
        let Self { table, name, key, otherwise } = self;
        let mut update = Query::update();
        update.table(table).value(key, &*after).and_where(Expr::col("id").eq(row));
        // Nobody changed it meanwhile.
        update.and_where(match before {
            Some(before) => Expr::col(key).eq(before),
            None => Expr::col(key).is_null(),
        });
        if is_free(manager, &update).await? {
            return Ok(());
        }
        let holder =
            Query::select().column("id").from(table).and_where(Expr::col(key).eq(&*after)).to_owned();
        let holder = manager.get_connection().query_one(&holder).await?;
        let holder: Option<i64> = holder.map(|holder| holder.try_get_by_index(0)).transpose()?;
        let holder = holder.map_or_else(|| "another one".to_owned(), |id| id.to_string());
        tracing::warn!(
            "{table}.{name}: the rows {holder} and {row} differ only in their Unicode form; both are kept, and row \
             {row} {otherwise}"
        );
        Ok(())
    }
}

/// Changes a row, unless another row has its new key. A server of the release before may add that row at any moment, so
/// the index itself is asked.
async fn is_free(manager: &SchemaManager<'_>, update: &UpdateStatement) -> Result<bool, DbErr> {
    let db = manager.get_connection();
    let done = if manager.get_database_backend() == DbBackend::Postgres {
        // A statement that fails ends a transaction there; so it has one of its own.
        let attempt = db.begin().await?;
        let done = attempt.execute(update).await;
        match done {
            Ok(_) => attempt.commit().await?,
            Err(_) => attempt.rollback().await?,
        }
        done
    } else {
        db.execute(update).await
    };
    match done {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
        Err(error) => Err(error),
    }
}
