//! What the table of the history says.

use sea_orm_migration::prelude::*;

use crate::release::oldest_beside;

/// The table of the history, which the library makes.
pub(crate) const HISTORY: &str = "seaql_migrations";

/// Our column of it: the oldest release that can run beside the change. Null where only releases that know the change
/// can.
pub(crate) const OLDEST_RELEASE: &str = "oldest_release";

/// A change that was applied.
pub(crate) struct Applied {
    pub(crate) name: String,
    /// Seconds since 1970.
    pub(crate) at: i64,
    pub(crate) oldest_release: Option<String>,
}

/// All changes that were applied, by name. Changes nothing, and needs no right to change anything.
pub(crate) async fn applied(manager: &SchemaManager<'_>) -> Result<Vec<Applied>, DbErr> {
    if !manager.has_table(HISTORY).await? {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.columns(["version", "applied_at"]).from(HISTORY).order_by("version", Order::Asc);
    let tells_release = manager.has_column(HISTORY, OLDEST_RELEASE).await?;
    if tells_release {
        select.column(OLDEST_RELEASE);
    }
    let rows = manager.get_connection().query_all(&select).await?;
    let applied = rows.iter().map(|row| {
        Ok(Applied {
            name: row.try_get("", "version")?,
            at: row.try_get("", "applied_at")?,
            oldest_release: if tells_release { row.try_get("", OLDEST_RELEASE)? } else { None },
        })
    });
    applied.collect()
}

/// Notes beside which releases an applied change can run, for those that do not know it.
pub(crate) async fn note_oldest_release(manager: &SchemaManager<'_>, change: &str) -> Result<(), DbErr> {
    let Some(release) = oldest_beside(change) else {
        return Ok(());
    };
    let mut update = Query::update();
    update.table(HISTORY).value(OLDEST_RELEASE, release).and_where(Expr::col("version").eq(change));
    manager.get_connection().execute(&update).await.map(drop)
}
