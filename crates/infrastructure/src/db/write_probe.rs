//! Whether the database takes writes.

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query};

const TABLE: &str = "write_probes";

/// Counts one more write in the one row of the probes.
pub(super) fn write() -> InsertStatement {
    let one_more = Expr::col((TABLE, "writes")).add(1);
    Query::insert()
        .into_table(TABLE)
        .columns(["id", "writes"])
        .values_panic([Expr::val(1_i16), Expr::val(1_i64)])
        .on_conflict(OnConflict::column("id").value("writes", one_more).to_owned())
        .to_owned()
}
