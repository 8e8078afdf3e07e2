//! Whether the database takes writes.

use sea_orm::sea_query::{Expr, InsertStatement, OnConflict, Query};
use time::OffsetDateTime;

use super::entities::Utc;

/// Writes the one row of the probes.
pub(super) fn write(at: OffsetDateTime) -> InsertStatement {
    Query::insert()
        .into_table("write_probes")
        .columns(["id", "probed_at"])
        .values_panic([Expr::val(1_i16), Expr::val(Utc::from(at))])
        .on_conflict(OnConflict::column("id").update_column("probed_at").to_owned())
        .to_owned()
}
