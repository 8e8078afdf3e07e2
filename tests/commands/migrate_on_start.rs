//! Servers that bring the schema up to date when they start.

use vestibule_tests::{OwnDatabase, Server, TestApp, at_once};

/// Two nodes on one new database, as when both are started by one deployment.
async fn two_start_at_once(server: Server) {
    let database = OwnDatabase::empty(server).await;
    let totals = at_once(2, |_| {
        let app = TestApp::on_sqlite()
            .with("database.url", &database.url)
            .with("database.migrate_on_start", "true")
            .with("database.max_connections", "2");
        async move { app.start().await.get("/api/v1/theater/movies/").await.status }
    })
    .await;
    // There is no movie, and there is a table that says so.
    assert_eq!(totals, [404; 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn two_servers_start_at_once_on_a_new_postgres_database() {
    two_start_at_once(Server::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn two_servers_start_at_once_on_a_new_mariadb_database() {
    two_start_at_once(Server::MariaDb).await;
}
