#!/usr/bin/env bash
# What sqlx makes of a transaction that SQLite itself has rolled back.
#
# Packages: sqlx 0.9.0 (features sqlite, runtime-tokio), tokio 1.54.1, tempfile 3; SQLite as bundled.
# One would guess: SQLite rolls a transaction back by itself when a statement says so (INSERT OR ROLLBACK), as it
#   does when the disk is full. The rollback that sqlx sends when the transaction is dropped then has nothing to
#   do, and the pooled connection goes on in autocommit.
# Seen on 2026-11-28: that rollback fails ("no transaction is active"), and sqlx goes on counting one open
#   transaction. The next begin() is a SAVEPOINT; one that is dropped leaves it open; from then on every commit()
#   answers Ok, releases an inner savepoint, and nothing of it is in the file. The pool gives the connection out
#   all the while.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
sqlx = { version = "=0.9.0", default-features = false, features = ["sqlite", "runtime-tokio"] }
tokio = { version = "=1.54.1", features = ["macros", "rt"] }
tempfile = "3"

[workspace]
TOML
cat >"$folder/src/main.rs" <<'RUST'
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let file = SqliteConnectOptions::new()
        .filename(folder.path().join("finding.db"))
        .journal_mode(SqliteJournalMode::Wal)
        .create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(file.clone()).await.unwrap();
    let onlooker = SqlitePoolOptions::new().max_connections(1).connect_with(file).await.unwrap();
    sqlx::query("CREATE TABLE notes (id INTEGER PRIMARY KEY)").execute(&pool).await.unwrap();
    sqlx::query("INSERT INTO notes VALUES (1)").execute(&pool).await.unwrap();

    let mut first = pool.begin().await.unwrap();
    let again = sqlx::query("INSERT OR ROLLBACK INTO notes VALUES (1)").execute(&mut *first).await;
    println!("a statement that rolls back: {}", if again.is_err() { "refused" } else { "done" });
    drop(first);

    let mut second = pool.begin().await.unwrap();
    sqlx::query("INSERT INTO notes VALUES (2)").execute(&mut *second).await.unwrap();
    drop(second);

    let mut third = pool.begin().await.unwrap();
    sqlx::query("INSERT INTO notes VALUES (3)").execute(&mut *third).await.unwrap();
    println!("a later commit: {}", if third.commit().await.is_ok() { "Ok" } else { "an error" });

    let count = "SELECT count(*) FROM notes WHERE id = 3";
    let seen: i64 = sqlx::query_scalar(count).fetch_one(&onlooker).await.unwrap();
    println!("rows of it that another connection sees: {seen}");
}
RUST
seen="$(cargo run --quiet --manifest-path "$folder/Cargo.toml" 2>/dev/null)"
expected="a statement that rolls back: refused
a later commit: Ok
rows of it that another connection sees: 0"
if [ "$seen" != "$expected" ]; then
    printf 'this changed; seen now:\n%s\n' "$seen" >&2
    exit 1
fi
printf '%s\n' "$seen"
