//! Servers behind `PgBouncer`.

use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tempfile::TempDir;
use vestibule::bootstrap::{Adapters, Purpose};
use vestibule_domain::store::Store;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_settings::Source;
use vestibule_tests::{OwnDatabase, Server};

use super::members::{register, somebody};
use super::node::Node;
use super::pooler::Pooler;

/// What a server needs besides `PgBouncer`.
fn variables(pooler: &Pooler, connections: u32) -> Vec<(String, String)> {
    let variables = [
        ("VESTIBULE_ENV", "test"),
        ("VESTIBULE__SERVER__PORT", "0"),
        ("VESTIBULE__SERVER__WORKERS", "2"),
        ("VESTIBULE__LOG__LEVEL", "info"),
        ("VESTIBULE__FEATURES__SAMPLE_DATA", "false"),
        ("VESTIBULE__DATABASE__URL", &pooler.url),
        ("VESTIBULE__DATABASE__MAX_CONNECTIONS", &connections.to_string()),
    ];
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

async fn store(pooler: &Pooler) -> SeaStore {
    let options = DatabaseOptions {
        max_connections: 4,
        acquire_timeout: Duration::from_secs(1),
        ..DatabaseOptions::new(&pooler.url)
    };
    SeaStore::connect(&options).await.unwrap()
}

/// An error with all its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// What a server says that is to start behind it.
async fn refusal(pooler: &Pooler) -> String {
    let folder = TempDir::new().unwrap();
    let source = Source::default().with("VESTIBULE__DATA_FOLDER", folder.path().display().to_string());
    let variables = variables(pooler, 4);
    let source = variables.iter().fold(source, |source, (name, value)| source.with(name, value));
    let settings = vestibule::surfaces::settings(&source).unwrap_or_else(|problems| panic!("{problems}"));
    let Err(error) = Adapters::connect(&settings, Purpose::Serve).await else { panic!("it starts") };
    format!("{error:#}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(all(service_postgres, service_pgbouncer)), ignore = "no PgBouncer: ./scripts/services start")]
async fn a_server_works_behind_pgbouncer_as_the_page_sets_it_up() {
    let database = OwnDatabase::empty(Server::Postgres).await;
    let pooler = Pooler::start(&database, &[]).await;
    let folder = TempDir::new().unwrap();
    let node = Node::start(&variables(&pooler, 8), folder.path().join("node.log")).await;
    let many = join_all((0..24).map(async |_| register(&node, &somebody()).await.status)).await;
    assert!(many.iter().all(|status| matches!(status, 201 | 429)) && many.contains(&201), "{many:?}");
    assert!(!node.log().contains("max_connections"), "{}", node.log());
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(all(service_postgres, service_pgbouncer)), ignore = "no PgBouncer: ./scripts/services start")]
async fn a_session_behind_pgbouncer_has_the_limits_of_every_session() {
    let database = OwnDatabase::empty(Server::Postgres).await;
    let pooler = Pooler::start(&database, &[]).await;
    let store = store(&pooler).await;
    for (name, expected) in [
        ("timezone", "UTC"),
        ("default_transaction_isolation", "read committed"),
        ("plan_cache_mode", "force_custom_plan"),
        ("lock_timeout", "1s"),
        ("statement_timeout", "1min"),
        ("idle_in_transaction_session_timeout", "1min"),
    ] {
        let ask = Statement::from_string(DbBackend::Postgres, format!("SHOW {name}"));
        let row = store.connection().query_one_raw(ask).await.unwrap().unwrap();
        let value: String = row.try_get_by_index(0).unwrap();
        assert_eq!(value, expected, "{name}");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(all(service_postgres, service_pgbouncer)), ignore = "no PgBouncer: ./scripts/services start")]
async fn a_pooler_that_shares_sessions_is_refused_at_the_start() {
    let modes = ["transaction", "statement", "transaction\nserver_round_robin = 1"];
    for mode in modes.map(|mode| format!("pool_mode = {mode}")) {
        let database = OwnDatabase::migrated(Server::Postgres).await;
        let pooler = Pooler::start(&database, &[("pool_mode = session", &mode)]).await;
        let error = refusal(&pooler).await;
        assert!(error.contains("pool_mode = session"), "{mode}: {error}");
        let Err(error) = migration::connect::connect(&pooler.url).await else {
            panic!("{mode}: it migrates")
        };
        assert!(error.to_string().contains("pool_mode = session"), "{mode}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(all(service_postgres, service_pgbouncer)), ignore = "no PgBouncer: ./scripts/services start")]
async fn who_finds_no_session_in_the_pooler_is_told_that_its_pool_is_too_small() {
    let database = OwnDatabase::migrated(Server::Postgres).await;
    let pooler = Pooler::start(&database, &[("default_pool_size = 40", "default_pool_size = 2")]).await;
    let store = store(&pooler).await;
    let (one, other) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    let Err(error) = store.begin().await else { panic!("there is a third session") };
    assert!(told(&error).contains("database.max_connections"), "{}", told(&error));
    let error = store.ping().await.unwrap_err();
    assert!(told(&error).contains("database.max_connections"), "{}", told(&error));
    drop((one, other));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(all(service_postgres, service_pgbouncer)), ignore = "no PgBouncer: ./scripts/services start")]
async fn a_server_that_gets_fewer_sessions_than_connections_says_so_and_starts() {
    let database = OwnDatabase::migrated(Server::Postgres).await;
    let pooler = Pooler::start(&database, &[("default_pool_size = 40", "default_pool_size = 3")]).await;
    let folder = TempDir::new().unwrap();
    let node = Node::start(&variables(&pooler, 8), folder.path().join("node.log")).await;
    // Three, or fewer on a machine that is busy.
    assert!(node.log().contains(" of the 8 sessions"), "{}", node.log());
    node.stop().await;
}
