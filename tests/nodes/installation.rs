//! What the nodes of one installation share.

use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;
use vestibule::bootstrap::{Adapters, Application, Purpose};
use vestibule_settings::Source;

use super::members::unique;
use super::node::Node;

/// Where the services of an installation are.
#[derive(Clone)]
pub(crate) struct Places {
    /// `PostgreSQL`, with a user that may create databases.
    pub(crate) postgres: String,
    /// Redis.
    pub(crate) redis: String,
    /// SMTP.
    pub(crate) smtp: String,
}

impl Places {
    /// The services that all tests share.
    pub(crate) fn shared() -> Self {
        let place = vestibule_tests::service;
        Self { postgres: place("postgres"), redis: place("redis"), smtp: place("smtp") }
    }
}

/// A database of its own on `PostgreSQL`, a part of Redis of its own, one SMTP server, and the secrets
/// that all nodes have.
pub(crate) struct Installation {
    variables: Vec<(String, String)>,
    server: String,
    database: String,
    folder: TempDir,
    nodes: AtomicUsize,
}

impl Installation {
    /// Makes the database; the first node migrates it.
    pub(crate) async fn new(places: &Places) -> Self {
        let unique = unique();
        let database = format!("nodes_{unique}");
        let server = places.postgres.clone();
        let connection = Database::connect(&server).await.unwrap();
        connection.execute_unprepared(&format!("CREATE DATABASE {database}")).await.unwrap();
        connection.close().await.unwrap();
        let (host, _) = server.rsplit_once('/').unwrap();
        let variables = [
            ("VESTIBULE_ENV", "test"),
            ("VESTIBULE__SERVER__PORT", "0"),
            ("VESTIBULE__SERVER__WORKERS", "2"),
            ("VESTIBULE__LOG__LEVEL", "debug"),
            ("VESTIBULE__POSTURE", "hardened"),
            ("VESTIBULE__FEATURES__SAMPLE_DATA", "false"),
            ("VESTIBULE__DATABASE__URL", &format!("{host}/{database}")),
            ("VESTIBULE__DATABASE__MAX_CONNECTIONS", "8"),
            ("VESTIBULE__CACHE__URL", &places.redis),
            ("VESTIBULE__CACHE__PREFIX", &format!("{unique}:")),
            ("VESTIBULE__MAIL__TRANSPORT", "smtp"),
            ("VESTIBULE__MAIL__URL", &places.smtp),
            ("VESTIBULE__TOKENS__ACCESS_SECRET", &format!("access-{unique}")),
            ("VESTIBULE__TOKENS__REFRESH_SECRET", &format!("refresh-{unique}")),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { variables, server, database, folder: TempDir::new().unwrap(), nodes: AtomicUsize::new(0) }
    }

    /// Starts one more node.
    pub(crate) async fn node(&self) -> Node {
        self.node_with(&[]).await
    }

    /// Starts one more node, with settings that only it has.
    pub(crate) async fn node_with(&self, own: &[(&str, &str)]) -> Node {
        let number = self.nodes.fetch_add(1, Ordering::Relaxed);
        let data = self.folder.path().join(format!("node-{number}"));
        let mut variables = self.variables.clone();
        variables.push(("VESTIBULE__DATA_FOLDER".to_owned(), data.display().to_string()));
        for (name, value) in own {
            variables.retain(|(known, _)| known != name);
            variables.push(((*name).to_owned(), (*value).to_owned()));
        }
        Node::start(&variables, self.folder.path().join(format!("node-{number}.log"))).await
    }

    /// Runs a command beside the nodes, and answers what it printed.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_node"))
            .args(arguments)
            .env_clear()
            .envs(self.variables.iter().cloned())
            .env("VESTIBULE__DATA_FOLDER", self.folder.path().join("operator"))
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The use cases in this process, on the same services: one more node, without its HTTP.
    pub(crate) async fn operator(&self) -> Application {
        let own = self.folder.path().join("operator").display().to_string();
        let source = Source::default().with("VESTIBULE__DATA_FOLDER", own);
        let source = self.variables.iter().fold(source, |source, (name, value)| source.with(name, value));
        let settings = vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"));
        let adapters = Adapters::connect(&settings, Purpose::Add).await.unwrap();
        Application::new(settings, adapters)
    }

    /// A connection to the installation's database.
    pub(crate) async fn database(&self) -> DatabaseConnection {
        let (host, _) = self.server.rsplit_once('/').unwrap();
        Database::connect(format!("{host}/{}", self.database)).await.unwrap()
    }

    /// Removes the database, after the last node ended.
    pub(crate) async fn remove(self) {
        let connection = Database::connect(&self.server).await.unwrap();
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.database);
        connection.execute_unprepared(&drop).await.unwrap();
    }
}
