//! Reading straight from servers. Without servers these tests do nothing, unless servers are required.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, PgConnection};
use vestibule_sources::{OpenError, Origin};

use crate::reading::{case, lines, original, read};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Where a server is.
fn service(variable: &str) -> Option<String> {
    let server = std::env::var(variable).ok();
    let required = std::env::var("REQUIRE_SERVICES").is_ok_and(|required| required == "1");
    assert!(server.is_some() || !required, "{variable} is not set");
    server
}

/// A database of its own, and its URL.
fn postgres(name: &str, statements: &str) -> Option<String> {
    let server = service("VESTIBULE_TEST_POSTGRES")?;
    let name = format!("sources_{name}_{}", std::process::id());
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    runtime().block_on(async {
        let mut admin = PgConnection::connect(&server).await.unwrap();
        admin
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")))
            .await
            .unwrap();
        let mut own = PgConnection::connect(&url).await.unwrap();
        own.execute(AssertSqlSafe(statements.to_owned())).await.unwrap();
    });
    Some(url)
}

fn drop_postgres(url: &str) {
    let (server, name) = url.rsplit_once('/').unwrap();
    runtime().block_on(async {
        let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
        admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
    });
}

/// A dump with INSERTs, without what only psql and the owner of the server understand.
fn statements(original: &str, file: &str) -> String {
    let text = std::fs::read_to_string(case(original, file)).unwrap();
    let kept = |line: &&str| {
        !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict") && !line.contains(" OWNER TO ")
    };
    text.lines().filter(kept).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_contacts_original_is_read_from_postgres_as_from_its_dump() {
    let Some(url) = postgres("contacts", &statements("contacts", "contacts.inserts.sql")) else { return };
    let from_server = read("contacts", Origin::Database(url.clone()), &[]).unwrap();
    drop_postgres(&url);
    assert!(from_server.bad.is_empty());
    assert_eq!(from_server.noted("rows of `alembic_version`"), 1);
    assert_eq!(from_server.by_ids(), original("contacts", &["contacts.inserts.sql"]).by_ids());
}

#[test]
fn json_that_postgres_makes_of_the_contacts_original_gives_equal_records() {
    let Some(url) = postgres("json", &statements("contacts", "contacts.inserts.sql")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (lines, lists) = (folder.path().join("lines"), folder.path().join("lists"));
    std::fs::create_dir(&lines).unwrap();
    std::fs::create_dir(&lists).unwrap();
    runtime().block_on(async {
        let mut own = PgConnection::connect(&url).await.unwrap();
        for table in ["users", "contacts"] {
            let statement = format!("SELECT row_to_json(t)::text FROM {table} AS t");
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(&mut own).await.unwrap();
            std::fs::write(lines.join(format!("{table}.jsonl")), rows.join("\n")).unwrap();
            std::fs::write(lists.join(format!("{table}.json")), format!("[{}]", rows.join(",\n "))).unwrap();
        }
    });
    drop_postgres(&url);
    let expected = original("contacts", &["contacts.inserts.sql"]).by_ids();
    for folder in [lines, lists] {
        assert_eq!(read("contacts", Origin::Files(vec![folder]), &[]).unwrap().by_ids(), expected);
    }
}

#[test]
fn the_theater_original_is_read_from_postgres_as_from_its_dump() {
    let types = "CREATE TYPE public.usergroupenum AS ENUM ('USER', 'MODERATOR', 'ADMIN');\n\
        CREATE TYPE public.genderenum AS ENUM ('MAN', 'WOMAN');\n";
    let dump = statements("theater", "theater.pg.inserts.sql");
    let Some(url) = postgres("theater", &format!("{types}{dump}")) else { return };
    let from_server = read("theater", Origin::Database(url.clone()), &[]).unwrap();
    drop_postgres(&url);
    assert_eq!(from_server.noted("rows of `activation_tokens`"), 2);
    assert_eq!(from_server.by_ids(), original("theater", &["theater.pg.inserts.sql"]).by_ids());
}

#[test]
fn the_mobile_original_is_read_from_mariadb_as_from_its_export() {
    let Some(server) = service("VESTIBULE_TEST_MARIADB") else { return };
    let name = format!("sources_mobile_{}", std::process::id());
    let url = format!("{}/{name}", server.trim_end_matches('/'));
    runtime().block_on(async {
        let mut admin = MySqlConnection::connect(&server).await.unwrap();
        admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"))).await.unwrap();
        let mut own = MySqlConnection::connect(&url).await.unwrap();
        own.execute(
            "CREATE TABLE users (uuid VARCHAR(255) PRIMARY KEY, username VARCHAR(400) NOT NULL UNIQUE, \
             email VARCHAR(120), mobile VARCHAR(400) NOT NULL, password VARCHAR(255) NOT NULL, gender VARCHAR(60), \
             status BOOL NOT NULL, created DATETIME NOT NULL, modified DATETIME NOT NULL)",
        )
        .await
        .unwrap();
        for row in lines(&case("mobile", "users.jsonl")) {
            let mut insert = sqlx::query("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            for column in ["uuid", "username", "email", "mobile", "password", "gender"] {
                insert = insert.bind(row[column].as_str().map(str::to_owned));
            }
            insert = insert.bind(row["status"].as_i64());
            for column in ["created", "modified"] {
                insert = insert.bind(row[column].as_str().map(str::to_owned));
            }
            insert.execute(&mut own).await.unwrap();
        }
    });
    let from_server = read("mobile", Origin::Database(url), &[]).unwrap();
    runtime().block_on(async {
        let mut admin = MySqlConnection::connect(&server).await.unwrap();
        admin.execute(AssertSqlSafe(format!("DROP DATABASE {name}"))).await.unwrap();
    });
    assert!(from_server.bad.is_empty());
    assert_eq!(from_server.by_ids(), original("mobile", &["users.jsonl"]).by_ids());
}

#[test]
fn a_database_without_the_table_or_of_a_kind_that_is_not_read_is_refused() {
    let file = case("mobile", "mobile.sqlite");
    let url = format!("sqlite:{}", file.display());
    assert!(matches!(read("django", Origin::Database(url), &[]), Err(OpenError::Missing(_))));
    for url in ["mongodb://localhost/x", "sqlite:/nowhere/at/all", "postgres://["] {
        let refused = read("mobile", Origin::Database(url.to_owned()), &[]);
        assert!(matches!(refused, Err(OpenError::Database(_))), "{url}");
    }
}
