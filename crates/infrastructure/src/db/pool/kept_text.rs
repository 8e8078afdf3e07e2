//! Texts of statements that are asked often.

use std::sync::OnceLock;

use sea_orm::sea_query::{SelectStatement, Value};
use sea_orm::{DbBackend, Statement};

/// A query whose text is written once for each kind of database, because only its values differ. To build a small query
/// with sea-query takes longer than SQLite takes to run it.
pub(in super::super) struct KeptText {
    /// The query with any values.
    build: fn(DbBackend) -> SelectStatement,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
    mysql: OnceLock<String>,
}

impl KeptText {
    pub(in super::super) const fn of(build: fn(DbBackend) -> SelectStatement) -> Self {
        Self { build, sqlite: OnceLock::new(), postgres: OnceLock::new(), mysql: OnceLock::new() }
    }

    /// The query with these values, which have the places and the kinds of those that it is built with: the first call for
    /// a kind of database looks, where debug assertions are on.
    pub(in super::super) fn with<const N: usize>(&self, backend: DbBackend, values: [Value; N]) -> Statement {
        let place = match backend {
            DbBackend::Sqlite => &self.sqlite,
            DbBackend::Postgres => &self.postgres,
            _ => &self.mysql,
        };
        let text = place.get_or_init(|| {
            let built = backend.build(&(self.build)(backend));
            debug_assert!(are_alike(&built, &values), "other values than in {}", built.sql);
            built.sql
        });
        Statement::from_sql_and_values(backend, text.as_str(), values)
    }
}

/// Whether the values of a statement are of the same kinds as others.
fn are_alike(built: &Statement, values: &[Value]) -> bool {
    let kinds = |values: &[Value]| values.iter().map(std::mem::discriminant).collect::<Vec<_>>();
    built.values.as_ref().map(|values| kinds(&values.0)).unwrap_or_default() == kinds(values)
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;

    static NAMED: KeptText = KeptText::of(|_| {
        let id = Expr::col("id").gt(0_i64);
        Query::select().column("name").from("movies").and_where(id).limit(1).to_owned()
    });

    #[test]
    fn a_statement_has_the_text_that_is_built_and_its_own_values() {
        for backend in [DbBackend::Sqlite, DbBackend::Postgres, DbBackend::MySql] {
            for (id, limit) in [(7_i64, 10_u64), (8, 20)] {
                let built = Query::select()
                    .column("name")
                    .from("movies")
                    .and_where(Expr::col("id").gt(id))
                    .limit(limit)
                    .to_owned();
                assert_eq!(NAMED.with(backend, [id.into(), limit.into()]), backend.build(&built));
            }
        }
    }

    #[test]
    fn values_of_other_kinds_are_told_apart() {
        let built = DbBackend::Sqlite.build(&(NAMED.build)(DbBackend::Sqlite));
        assert!(are_alike(&built, &[1_i64.into(), 1_u64.into()]));
        assert!(!are_alike(&built, &[1_u64.into(), 1_i64.into()]));
        assert!(!are_alike(&built, &[1_i64.into()]));
    }
}
