//! `vestibule serve`, as the one who runs it sees it.
#![cfg(unix)]

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::Value;
use tempfile::TempDir;

/// A server with a log of JSON in a file. It is killed when this is dropped.
struct Served {
    child: Child,
    folder: Option<TempDir>,
}

impl Served {
    async fn start() -> Self {
        let served = Self::begin(tempfile::tempdir().unwrap());
        served.event("serving").await;
        served
    }

    /// Begins to start on the data of this folder.
    fn begin(folder: TempDir) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_node"))
            .arg("serve")
            .current_dir(folder.path())
            .env_clear()
            .env("VESTIBULE_ENV", "test")
            .env("VESTIBULE__SERVER__PORT", "0")
            .env("VESTIBULE__LOG__LEVEL", "info")
            .env("VESTIBULE__LOG__FORMAT", "json")
            .env("VESTIBULE__DATABASE__MIGRATE_ON_START", "true")
            .env("VESTIBULE__SURFACES__POINTS__ENABLED", "false")
            .env("VESTIBULE__DOORS__CATALOGUE_WRITES", "false")
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        Self { child, folder: Some(folder) }
    }

    fn folder(&self) -> &Path {
        self.folder.as_ref().unwrap().path()
    }

    /// Stops it, and writes to its database.
    async fn stop_and_write(mut self, sql: &str) -> TempDir {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
        let url = format!("sqlite://{}", self.folder().join("data/test/vestibule.db").display());
        let db = Database::connect(url).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
        self.folder.take().unwrap()
    }

    fn events(&self) -> Vec<Value> {
        let log = std::fs::read_to_string(self.folder().join("log")).unwrap();
        // The last line may be under way.
        log.split_inclusive('\n')
            .filter(|line| line.ends_with('\n') && line.starts_with('{'))
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// The first event with a message that begins so.
    async fn event(&self, message: &str) -> Value {
        let found = || {
            self.events()
                .into_iter()
                .find(|event| event["message"].as_str().unwrap_or_default().starts_with(message))
        };
        for _turn in 0..2_000 {
            if let Some(event) = found() {
                return event;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no event {message:?}: {:#?}", self.events());
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}

#[tokio::test]
async fn one_event_says_what_is_served_in_fields() {
    let served = Served::start().await;
    let event = served.event("serving").await;
    let texts = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("environment", "test"),
        ("posture", "documented"),
        ("surfaces", "theater,contacts,admin,mobile"),
        ("cache", "memory"),
        ("mail", "capture"),
        ("sms", "capture"),
        ("database", "sqlite://data/test/vestibule.db?mode=rwc"),
        ("media", "file://data/test/media"),
    ];
    for (field, text) in texts {
        assert_eq!(event[field], text, "{event:#}");
    }
    let port = event["port"].as_u64().unwrap();
    assert_eq!(event["address"], format!("127.0.0.1:{port}"));
    assert_eq!(event["url"], format!("http://127.0.0.1:{port}"));
    let doors = event["doors"].as_str().unwrap();
    assert!(!doors.contains("catalogue_writes") && doors.contains(','), "{doors}");
}

#[tokio::test]
async fn a_request_is_logged_in_numbers_with_the_id_that_it_brought_and_a_probe_is_not_logged() {
    let served = Served::start().await;
    let url = served.event("serving").await["url"].as_str().unwrap().to_owned();
    let client = reqwest::Client::new();
    let probe = client.get(format!("{url}/health/live")).send().await.unwrap();
    assert_eq!(probe.status(), 200);
    let asked = client.get(format!("{url}/nothing")).header("x-request-id", "proxy-7.a_B");
    assert_eq!(asked.send().await.unwrap().headers()["x-request-id"], "proxy-7.a_B");
    let event = served.event("answered").await;
    assert_eq!((event["http.status"].as_u64(), event["ms"].is_u64()), (Some(404), true), "{event:#}");
    assert_eq!(event["span"]["given_id"], "proxy-7.a_B", "{event:#}");
    assert_eq!(event["span"]["id"].as_str().unwrap().len(), 32, "{event:#}");
}

#[tokio::test]
async fn a_hangup_without_a_terminal_is_passed_over_and_a_request_to_stop_is_not() {
    let mut served = Served::start().await;
    served.signal("-HUP");
    served.event("SIGHUP is passed over").await;
    assert_eq!(served.child.try_wait().unwrap(), None);
    served.signal("-TERM");
    served.event("stopped").await;
    assert!(served.child.wait().unwrap().success());
}

const NEWER: &str = "INSERT INTO seaql_migrations (version, applied_at, oldest_release) \
                     VALUES ('m29991231_001_later', 0, '0.1.0')";

#[tokio::test]
async fn a_server_runs_on_a_database_that_a_newer_release_migrated_with_one_warning() {
    let newer = format!("{NEWER}; CREATE TABLE later (id integer); ALTER TABLE movies ADD COLUMN later text");
    let folder = Served::start().await.stop_and_write(&newer).await;
    let served = Served::begin(folder);
    let url = served.event("serving").await["url"].as_str().unwrap().to_owned();
    let warnings: Vec<Value> = served
        .events()
        .into_iter()
        .filter(|event| event.to_string().contains("m29991231_001_later"))
        .collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert_eq!(
        (&warnings[0]["level"], &warnings[0]["migrations"]),
        (&"WARN".into(), &"m29991231_001_later".into())
    );
    let account = serde_json::json!({"email": "ada@example.com", "password": "Analytic#1843"});
    let register = reqwest::Client::new().post(format!("{url}/api/v1/accounts/register/"));
    let answer = register.header("content-type", "application/json").body(account.to_string()).send().await;
    assert_eq!(answer.unwrap().status(), 201);
    let ready = reqwest::get(format!("{url}/health/ready")).await.unwrap();
    assert_eq!(ready.status(), 200);
}

#[tokio::test]
async fn a_server_does_not_run_beside_a_newer_change_that_needs_a_newer_release() {
    let newer = NEWER.replace("'0.1.0'", "'99.0.0'");
    let folder = Served::start().await.stop_and_write(&newer).await;
    let mut served = Served::begin(folder);
    assert_eq!(served.child.wait().unwrap().code(), Some(1));
    let said = std::fs::read_to_string(served.folder().join("log")).unwrap();
    let sentence = format!(
        "a newer release migrated the database, and release {} cannot run beside that: m29991231_001_later (needs \
         release 99.0.0 or newer)",
        env!("CARGO_PKG_VERSION")
    );
    assert!(said.contains(&sentence), "{said}");
}
