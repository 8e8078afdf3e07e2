//! `vestibule copy`, from each database to each other.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use vestibule_infrastructure::db::copy::{CopyPlace, tables};
use vestibule_tests::{OwnDatabase, Server, in_time};

use crate::house::{House, connect, ended, fill, numbers};

/// The lines of a summary that tell of tables: name, rows, checksum.
fn sums(summary: &str) -> Vec<&str> {
    let sums: Vec<_> = summary.lines().filter(|line| line.split_whitespace().count() == 3).collect();
    assert!(sums.len() > 30, "{summary}");
    sums
}

#[tokio::test]
#[cfg_attr(not(all(service_postgres, service_mariadb)), ignore = "no databases: ./scripts/services start")]
async fn a_round_through_all_databases_changes_nothing() {
    let house = House::new();
    // More than fit in a batch, by keys of one number, of several, and of bytes.
    let first = fill(&house, "first.db", 12_000).await;
    let (postgres, mariadb) =
        (OwnDatabase::empty(Server::Postgres).await, OwnDatabase::empty(Server::MariaDb).await);
    let last = house.file("last.db");
    let stops = [&first, &postgres.url, &mariadb.url, &last];
    let copies = stops.windows(2).map(|pair| house.copy(pair[0], pair[1]).well()).collect::<Vec<_>>();
    for copy in &copies {
        assert_eq!(sums(copy), sums(&copies[0]));
    }
    let exports = stops.map(|url| house.run(url, &["users", "export"]).well());
    assert!(exports[0].lines().count() >= 11_999 && exports.iter().all(|export| *export == exports[0]));
    for url in stops {
        // Set when the rows were there: a reference to a later row, to an earlier one, to the row itself.
        let references = "SELECT updated_by FROM users WHERE updated_by IS NOT NULL ORDER BY id";
        assert_eq!(numbers(url, references).await, [3, 1, 3]);
    }
    // No number is given twice: one contact is gone.
    let next = "INSERT INTO contacts (fullname, fullname_folded, user_id) VALUES ('c', 'c', 1)";
    for url in stops {
        run(url, next).await;
        assert_eq!(numbers(url, "SELECT max(id) FROM contacts").await, [13], "{url}");
    }
    let blocks = "SELECT CAST(sum(contacts) AS bigint) FROM contact_blocks";
    assert_eq!(numbers(&postgres.url, blocks).await, [2]);
}

/// Runs a statement.
async fn run(url: &str, sql: &str) {
    let db = connect(url).await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
#[cfg_attr(not(all(service_postgres, service_mariadb)), ignore = "no databases: ./scripts/services start")]
async fn every_database_has_the_same_tables_but_those_that_triggers_fill() {
    let house = House::new();
    let sqlite = fill(&house, "a.db", 3).await;
    let (postgres, mariadb) =
        (OwnDatabase::migrated(Server::Postgres).await, OwnDatabase::migrated(Server::MariaDb).await);
    let read = async |url: &str| {
        let mut tables = tables(&CopyPlace::parse(url).unwrap()).await.unwrap();
        tables.retain(|(name, _)| {
            !["_block_deltas", "_block_sums", "_blocks"].iter().any(|end| name.ends_with(end))
        });
        tables
    };
    let expected = read(&sqlite).await;
    assert_eq!(read(&postgres.url).await, expected);
    assert_eq!(read(&mariadb.url).await, expected);
    // Every table of a schema is copied.
    let copied = house.copy(&sqlite, &house.file("b.db")).well();
    let names: Vec<_> = expected.iter().map(|(name, _)| name.as_str()).collect();
    let mut told: Vec<_> = sums(&copied).iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, names);
}

#[tokio::test]
async fn a_target_that_is_not_empty_is_refused_and_stays_as_it_is() {
    let house = House::new();
    let (one, other) = (fill(&house, "one.db", 4).await, fill(&house, "other.db", 5).await);
    let told = house.copy(&one, &other).refused();
    assert!(told.contains("is not empty: there are rows in ") && told.contains("users"), "{told}");
    assert_eq!(numbers(&other, "SELECT count(*) FROM users").await, [5]);
    let itself = house.copy(&one, &one).refused();
    assert!(itself.contains("is not empty"), "{itself}");
}

#[tokio::test]
async fn a_database_without_rows_is_not_copied_into_itself() {
    let house = House::new();
    std::fs::write(house.path("nothing.jsonl"), "").unwrap();
    let made = house.run(&format!("{}?mode=rwc", house.file("a.db")), &["users", "import", "nothing.jsonl"]);
    made.well();
    let told = house.copy(&house.file("a.db"), &house.file("a.db")).refused();
    assert!(told.contains("are the same database"), "{told}");
    assert_eq!(numbers(&house.file("a.db"), "SELECT count(*) FROM user_groups").await, [3]);
    house.run(&house.file("a.db"), &["users", "list"]).well();
}

/// A change of data alone, which the target would make once more.
#[tokio::test]
async fn a_source_that_a_newer_release_migrated_is_not_copied() {
    let house = House::new();
    let url = fill(&house, "a.db", 3).await;
    let later = "INSERT INTO seaql_migrations (version, applied_at, oldest_release) \
                 VALUES ('m29991231_001_later', 0, '0.1.0')";
    run(&url, later).await;
    let told = house.copy(&url, &house.file("b.db")).refused();
    assert!(told.contains("m29991231_001_later") && told.contains("copy with that release"), "{told}");
    assert!(!house.path("b.db").exists());
}

/// Whether the first rows are there.
async fn has_rows(url: &str) -> bool {
    let db = connect(url).await;
    let rows = Statement::from_string(DbBackend::Sqlite, "SELECT 1 FROM account_trigrams LIMIT 1");
    let found = db.query_one_raw(rows).await;
    db.close().await.unwrap();
    found.is_ok_and(|row| row.is_some())
}

/// Waits until a copy has brought rows to the file.
async fn has_begun(path: &Path, url: &str) {
    let begun = async {
        while !(path.exists() && has_rows(url).await) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    in_time(Box::pin(begun)).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_is_served_by_nobody_and_goes_on() {
    let house = House::new();
    let from = fill(&house, "from.db", 60_000).await;
    let to = house.file("to.db");
    let mut child = house.command("memory", &["copy", "--from", &from, "--to", &to]).spawn().unwrap();
    has_begun(&house.path("to.db"), &to).await;
    child.kill().unwrap();
    assert_eq!(ended(child).code, None);
    let half = numbers(&to, "SELECT count(*) FROM users").await[0];
    assert!(half < 60_000, "the copy was over before it was killed");
    for command in [&["users", "list"] as &[_], &["serve"], &["users", "export"]] {
        let told = house.run(&to, command).refused();
        assert!(told.contains("was not finished"), "{told}");
    }
    let other = fill(&house, "other.db", 3).await;
    numbers(&other, "UPDATE installation SET uuid = randomblob(16) RETURNING id").await;
    let told = house.copy(&other, &to).refused();
    assert!(told.contains("an unfinished copy of another source"), "{told}");
    let done = house.copy(&from, &to).well();
    assert!(done.contains("went on with a copy that was cut off"), "{done}");
    assert_eq!(sums(&done), sums(&house.copy(&from, &house.file("whole.db")).well()));
    house.run(&to, &["users", "list"]).well();
}

#[cfg(unix)]
#[tokio::test]
async fn a_copy_that_is_asked_to_stop_says_how_it_goes_on() {
    let house = House::new();
    let from = fill(&house, "from.db", 60_000).await;
    let to = house.file("to.db");
    let child = house.command("memory", &["copy", "--from", &from, "--to", &to]).spawn().unwrap();
    has_begun(&house.path("to.db"), &to).await;
    let asked = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(asked.unwrap().success());
    let told = ended(child).refused();
    assert!(told.contains("stopped on request, between two batches: the same command goes on"), "{told}");
    house.copy(&from, &to).well();
}

#[tokio::test]
async fn a_source_that_changed_is_told_and_the_target_stays_marked() {
    let house = House::new();
    let (from, to) = (fill(&house, "from.db", 4).await, house.file("to.db"));
    house.copy(&from, &to).well();
    // As if the last copy had been cut off before its end, and its server had run on.
    for sql in [
        "CREATE TABLE vestibule_unfinished_copy (source text, cleared text)",
        "INSERT INTO vestibule_unfinished_copy \
         VALUES ('installation 30000000-0000-4000-8000-000000000005', 'yes')",
    ] {
        run(&to, sql).await;
    }
    let change = "UPDATE users SET points = points + 1 WHERE id = 1";
    run(&from, change).await;
    let told = house.copy(&from, &to).refused();
    assert!(told.contains("users has other values"), "{told}");
    assert!(house.run(&to, &["users", "list"]).refused().contains("was not finished"));
}

#[tokio::test]
async fn no_message_tells_a_password_and_a_url_may_come_from_a_variable() {
    let house = House::new();
    let url = "postgres://ada:hunter2@127.0.0.1:1/db";
    let told = house.copy(url, &house.file("to.db")).refused();
    assert!(told.contains("PostgreSQL database db at 127.0.0.1:1") && !told.contains("hunter2"), "{told}");
    let from = fill(&house, "from.db", 3).await;
    let mut command = house.command("memory", &["copy", "--from-env", "OLD", "--to", &house.file("to.db")]);
    ended(command.env("OLD", &from).spawn().unwrap()).well();
    let lacks = house.run("memory", &["copy", "--from-env", "NONE", "--to", &house.file("b.db")]).refused();
    assert!(lacks.contains("the variable NONE"), "{lacks}");
    for nonsense in [&["copy"] as &[_], &["copy", "--from", "x"], &["copy", "--media-from", "file://x"]] {
        assert_eq!(house.run("memory", nonsense).code, Some(2), "{nonsense:?}");
    }
}

#[tokio::test]
async fn a_value_that_no_database_of_ours_writes_is_told_by_its_row() {
    let house = House::new();
    let from = fill(&house, "from.db", 4).await;
    let damage = "UPDATE users SET created_at = 'yesterday' WHERE id = 2";
    run(&from, damage).await;
    let told = house.copy(&from, &house.file("to.db")).refused();
    assert!(told.contains("column created_at of users does not read back in the row 2"), "{told}");
}
