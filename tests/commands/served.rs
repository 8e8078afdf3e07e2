//! A server in a process of its own, as the one who runs it sees it.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::Value;
use tempfile::TempDir;
use vestibule_tests::assert_no_secret_in;

/// A server with a log of JSON in a file. It is killed when this is dropped.
pub(crate) struct Served {
    pub(crate) child: Child,
    folder: Option<TempDir>,
}

impl Served {
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts with these variables beside the others.
    pub(crate) async fn start_with(variables: &[(&str, &str)]) -> Self {
        let served = Self::begin(tempfile::tempdir().unwrap(), variables);
        served.event("serving").await;
        served
    }

    /// Begins to start on the data of this folder.
    pub(crate) fn begin(folder: TempDir, variables: &[(&str, &str)]) -> Self {
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
            .envs(variables.iter().copied())
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        Self { child, folder: Some(folder) }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.as_ref().unwrap().path()
    }

    /// Stops it, and writes to its database.
    pub(crate) async fn stop_and_write(mut self, sql: &str) -> TempDir {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
        let url = format!("sqlite://{}", self.folder().join("data/test/vestibule.db").display());
        let db = Database::connect(url).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
        self.folder.take().unwrap()
    }

    pub(crate) fn events(&self) -> Vec<Value> {
        let log = std::fs::read_to_string(self.folder().join("log")).unwrap();
        // The last line may be under way.
        log.split_inclusive('\n')
            .filter(|line| line.ends_with('\n') && line.starts_with('{'))
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// Where it serves.
    pub(crate) async fn url(&self) -> String {
        self.event("serving").await["url"].as_str().unwrap().to_owned()
    }

    /// The first event with a message that begins so.
    pub(crate) async fn event(&self, message: &str) -> Value {
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

    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _ended = self.child.wait();
        if !std::thread::panicking()
            && let Some(folder) = &self.folder
        {
            assert_no_secret_in(&std::fs::read_to_string(folder.path().join("log")).unwrap());
        }
    }
}
