//! Databases full of what is hard to copy, and commands that move them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;

/// What a command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Refused: the sentence that says why.
    pub(crate) fn refused(self) -> String {
        assert!(self.code == Some(1) && self.out.is_empty(), "{self:?}");
        self.err
    }
}

/// A folder in which commands run, with a database and pictures of its own.
pub(crate) struct House {
    folder: TempDir,
}

impl House {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The URL of a SQLite file here.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("sqlite://{}", self.path(name).display())
    }

    /// A command whose database is the one at `url`.
    pub(crate) fn command(&self, url: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_node"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("VESTIBULE_ENV", "test")
            .env("VESTIBULE__DATA_FOLDER", self.folder.path().join("data"))
            .env("VESTIBULE__DATABASE__URL", url)
            .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
            .env("VESTIBULE__LOG__LEVEL", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, url: &str, arguments: &[&str]) -> Ran {
        ended(self.command(url, arguments).spawn().unwrap())
    }

    pub(crate) fn copy(&self, from: &str, to: &str) -> Ran {
        self.run("memory", &["copy", "--from", from, "--to", to])
    }
}

pub(crate) fn ended(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1);
    Database::connect(options).await.unwrap()
}

/// The numbers that a statement answers.
pub(crate) async fn numbers(url: &str, sql: &str) -> Vec<i64> {
    let db = connect(url).await;
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let numbers = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    db.close().await.unwrap();
    numbers
}

/// Fills a new SQLite file with so many accounts, and with rows in every table, among them values that other
/// databases keep in another form.
pub(crate) async fn fill(house: &House, name: &str, accounts: u32) -> String {
    let url = house.file(name);
    let made = migration::connect::connect(&format!("{url}?mode=rwc")).await.unwrap();
    migration::up(&made).await.unwrap();
    made.close().await.unwrap();
    let db = connect(&url).await;
    let sql = FILL.replace("{accounts}", &accounts.to_string());
    db.execute_unprepared(&sql).await.unwrap();
    let lacks = empty_tables(&db).await;
    assert!(lacks.is_empty(), "this database has no rows in {lacks:?}: add some to FILL");
    db.close().await.unwrap();
    url
}

async fn empty_tables(db: &DatabaseConnection) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let mut empty = Vec::new();
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, tables)).await.unwrap() {
        let table: String = row.try_get_by_index(0).unwrap();
        let any = Statement::from_string(DbBackend::Sqlite, format!("SELECT 1 FROM {table} LIMIT 1"));
        if db.query_one_raw(any).await.unwrap().is_none() {
            empty.push(table);
        }
    }
    empty
}

/// The bytes of a file under a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for inner in ["contacts", "profiles", ""] {
        let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Text that ends with blanks, that a text form of rows would cut, and beyond 16 bits; times with and without parts of
/// seconds; references to earlier and later rows and to the row itself; numbers that need all their digits.
const FILL: &str = "
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {accounts})
    INSERT INTO users (id, uuid, email, username, username_folded, display_name, hashed_password, group_id, is_active,
                       email_verified_at, points, created_at, updated_at)
        SELECT i, randomblob(6) || x'4000' || x'80' || randomblob(7), 'user' || i || '@example.com', 'user ' || i,
               'user ' || i, 'U' || i, '$2b$04$hash', 1, i % 2, '2024-01-01 00:00:00.000001', i, 
               '2024-02-29 23:59:59.' || printf('%06d', i % 1000000), CURRENT_TIMESTAMP
        FROM n;
    UPDATE users SET display_name = 'tab' || char(9) || 'back\\slash\\N' || char(13, 10) || '😀  ', updated_by = 1
        WHERE id = 2;
    UPDATE users SET updated_by = 3, surface = 'theater' WHERE id = 1;
    UPDATE users SET updated_by = 3, email = NULL, email_verified_at = NULL, mobile = '+33600000000',
        deleted_at = '2025-01-01 00:00:00.5', points = 9007199254740993 WHERE id = 3;
    INSERT INTO account_counts VALUES (3, 5, 1);
    INSERT INTO account_names SELECT 1700000000000000 + id, id, username_folded FROM users;
    INSERT INTO account_trigrams SELECT id % 97, 1700000000000000 + id, id FROM users;
    INSERT INTO account_trigrams SELECT 1000 + id % 89, 1700000000000000 + id, id FROM users;
    INSERT INTO user_profiles (user_id, first_name, gender, date_of_birth, info)
        VALUES (1, '', 'WOMAN', '1815-12-10', 'a' || char(10) || '\"b\"'), (2, NULL, NULL, NULL, NULL);
    INSERT INTO activation_tokens VALUES (7, 1, 'a', '2024-01-01 00:00:00.0', '2024-01-01 00:00:00.1');
    INSERT INTO password_reset_tokens VALUES (7, 1, 'a', '2024-01-01 00:00:00.0', '2024-01-01 00:00:00.1', NULL);
    INSERT INTO sessions VALUES (x'00000000000040008000000000000001', 1, 'theater', 'agent ', NULL,
        '2024-01-01 00:00:00.0', '2124-01-01 00:00:00.1', NULL, '2024-01-02 00:00:00.0');
    INSERT INTO sessions SELECT randomblob(16), id, 'mobile', NULL, NULL, created_at, created_at, NULL, NULL FROM users;
    INSERT INTO refresh_tokens VALUES (9, x'ff000000000040008000000000000002', x'00000000000040008000000000000001', 1,
        NULL, 'digest', '2024-01-01 00:00:00.0', '2124-01-01 00:00:00.1', NULL);
    INSERT INTO verification_codes VALUES (1, 'mail', 'a@example.com', 'sign in', NULL, 'c', 0,
        '2024-01-01 00:00:00.0', '2124-01-01 00:00:00.1', NULL);
    INSERT INTO trash VALUES (4, 3, 1, '2025-01-01 00:00:00.5', 'because ', NULL, 0, NULL);
    INSERT INTO outbox_messages (id, channel, language, sealed_notice, created_at, available_at)
        VALUES (x'10000000000040008000000000000003', 'mail', 'fr', x'00ff0a0d095c27', '2024-01-01 00:00:00.0',
                '2024-01-01 00:00:00.0');
    INSERT INTO sent_messages VALUES (x'10000000000040008000000000000004', 'reset_password', 'mail', 'fr',
        'a ', 2, '2024-01-01 00:00:00.0', '2024-01-01 00:00:00.000001');
    INSERT INTO countries VALUES (3, 'FRA', NULL);
    INSERT INTO genres VALUES (3, 'Drama', 'drama');
    INSERT INTO actors VALUES (3, 'İ', 'i̇');
    INSERT INTO languages VALUES (3, 'French', 'french');
    INSERT INTO movies VALUES (5, 'M ', '1931-05-11', 0.1, '', 'RELEASED', 9999999999999.99, 1e300, 3),
                              (6, 'M', '1931-05-11', 33.333333333333336, 'x', 'RELEASED', 0.1, 0.30000000000000004, 3);
    INSERT INTO movies_genres VALUES (5, 3);
    INSERT INTO actors_movies VALUES (5, 3), (6, 3);
    INSERT INTO movies_languages VALUES (6, 3);
    INSERT INTO contacts (id, fullname, fullname_folded, user_id, phone_number, birthday, birthday_month_day)
        VALUES (11, 'Zoë', 'zoë', 1, 380501112233, '2000-02-29', 229), (12, 'b', 'b', 1, NULL, NULL, NULL);
    DELETE FROM contacts WHERE id = 12;
    INSERT INTO contact_trigrams VALUES (1, -5, 11, 3), (1, 5, 11, 0);
    INSERT INTO pending_registrations VALUES (1, x'20000000000040008000000000000004', 2, 't', 'h', NULL, '192.0.2.7',
        '2024-01-01 00:00:00.0', '2124-01-01 00:00:00.1');
    INSERT INTO installation VALUES (1, x'30000000000040008000000000000005', '2024-01-01 00:00:00.123456');
    INSERT INTO contact_index_progress VALUES (1, 11, '2024-01-01 00:00:00.0');
    INSERT INTO write_probes VALUES (1, 12345678901);
    INSERT INTO audit_events VALUES (x'40000000000040008000000000000006', '2024-01-01 00:00:00.000009', 'operator', NULL,
        NULL, 'account.trash', 'command', NULL, NULL, '{\"a\": 1,  \"b\":\"é\"}', 1);
    INSERT INTO points_entries VALUES (1, 1, 'add', 5, 5, NULL, NULL, NULL, '2024-01-01 00:00:00.0');
    INSERT INTO idempotency_keys VALUES (1, 1, 's', 'k', 'r', x'50000000000040008000000000000007',
        '2024-01-01 00:00:00.0', '{}', '2024-01-01 00:00:00.0', '2124-01-01 00:00:00.0');
    INSERT INTO import_keys VALUES ('SALT_KEY', x'60000000', '2024-01-01 00:00:00.0');
    INSERT INTO daily_counts VALUES ('2026-11-30', 'theater', 'log_ins', 3), ('2026-11-30', 'Theater', 'log_ins', 1),
        ('2026-11-29', 'theater', 'mails', 9223372036854775807);
    INSERT INTO chore_leases VALUES ('sweep', NULL, NULL), ('Purge', NULL, NULL), ('expiry', NULL, NULL);
";
