//! Columns, tables and indexes that mean the same on every backend.
//!
//! A change that was released never changes. So functions may be added here, but those that are used keep their
//! meaning.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The collation of text: by code point, with the spaces at its end. MySQL and MariaDB have no such collation in
/// common, so each reads one of the comments. MariaDB ignores comments for versions of MySQL from 5.7 on, and MySQL
/// ignores those that begin with an M.
const BY_CODE_POINT: &str = "/*!80017 COLLATE utf8mb4_0900_bin */ /*M!100200 COLLATE utf8mb4_nopad_bin */";

/// A table. Its text compares by code point on every backend. The default of MySQL and MariaDB would ignore case,
/// accents and spaces at the end.
pub(crate) fn table(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    if manager.get_database_backend() == DbBackend::MySql {
        table.engine("InnoDB").character_set("utf8mb4").extra(BY_CODE_POINT);
    }
    table
}

/// A 64-bit number that the database gives, and never gives twice.
pub(crate) fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key().to_owned()
}

/// A UUID: `uuid` on PostgreSQL, `binary(16)` on MySQL, 16 bytes on SQLite.
pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().to_owned()
}

/// A time in UTC with microseconds.
///
/// SQLite keeps it as text; `crates/infrastructure/src/db/entities/utc.rs` writes a form that sorts.
pub(crate) fn time(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    match manager.get_database_backend() {
        // `timestamp` ends in 2038 on this backend and, like `datetime` without precision, drops fractions.
        DbBackend::MySql => column.custom("datetime(6)"),
        _ => column.timestamp_with_time_zone(),
    };
    column
}

/// Text of any length. `text` on MySQL ends at 64 KiB.
pub(crate) fn text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    match manager.get_database_backend() {
        DbBackend::MySql => column.custom("longtext"),
        _ => column.text(),
    };
    column
}

/// The time of the statement, as a default.
pub(crate) fn now(manager: &SchemaManager<'_>) -> Expr {
    match manager.get_database_backend() {
        DbBackend::MySql => Expr::cust("CURRENT_TIMESTAMP(6)"),
        _ => Expr::current_timestamp(),
    }
}

/// SHA-256 of a secret, in hexadecimal digits.
pub(crate) fn digest(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).string_len(64).not_null().to_owned()
}

/// A table of names that movies share: one row for each name, whatever its letter case.
pub(crate) fn names(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    table(manager, name)
        .col(id())
        .col(ColumnDef::new("name").string_len(255).not_null())
        // A text can be longer in lower case: İ becomes two characters.
        .col(ColumnDef::new("name_folded").string_len(512).not_null())
        .to_owned()
}

/// A table of links between movies and names. A link is removed together with its movie or its name.
pub(crate) fn links(
    manager: &SchemaManager<'_>,
    name: &'static str,
    primary_key: &'static str,
    (fk_movie, fk_other): (&'static str, &'static str),
    (column, other): (&'static str, &'static str),
) -> TableCreateStatement {
    let parent =
        |fk, column, parent| foreign_key(fk, (name, column), (parent, "id"), ForeignKeyAction::Cascade);
    let mut links = table(manager, name);
    links
        .col(ColumnDef::new("movie_id").big_integer().not_null())
        .col(ColumnDef::new(column).big_integer().not_null())
        .primary_key(Index::create().name(primary_key).col("movie_id").col(column))
        .foreign_key(&mut parent(fk_movie, "movie_id", "movies"))
        .foreign_key(&mut parent(fk_other, column, other));
    if manager.get_database_backend() == DbBackend::Sqlite {
        // The rows are stored in the primary key, as on MySQL, which takes half the pages and half the work.
        links.extra("WITHOUT ROWID");
    }
    links
}

/// The account that owns the row, and with which the row is removed.
pub(crate) fn user_id() -> ColumnDef {
    ColumnDef::new("user_id").big_integer().not_null().to_owned()
}

/// A foreign key. It is part of `CREATE TABLE`, because SQLite cannot add one later. SQLite gives it no name and
/// reports none.
pub(crate) fn foreign_key(
    name: &'static str,
    (table, column): (&'static str, &'static str),
    (parent, key): (&'static str, &'static str),
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(name).from(table, column).to(parent, key).on_delete(on_delete).to_owned()
}

/// A unique index: the portable way to a unique constraint with a name of our own.
pub(crate) fn unique(name: &'static str, table: &'static str, column: &'static str) -> IndexCreateStatement {
    index(name, table, &[column]).unique().to_owned()
}

/// An index.
pub(crate) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

/// Removes a table with its indexes and constraints.
pub(crate) async fn drop_table(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(name).to_owned()).await
}
