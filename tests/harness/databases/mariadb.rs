//! Databases on `MariaDB`.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::{Server, sweep};

async fn connect(database: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(Server::MariaDb.url(database));
    options.max_connections(1);
    Database::connect(options).await.expect("MariaDB answers")
}

async fn query(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    db.query_all_raw(Statement::from_string(DbBackend::MySql, sql)).await.unwrap()
}

async fn run(sql: &str) {
    let db = connect("").await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

pub(super) async fn create(name: &str) {
    // An operator may choose such a default. Our tables must not depend on it.
    run(&format!("CREATE DATABASE {name} CHARACTER SET latin1 COLLATE latin1_swedish_ci")).await;
}

pub(super) async fn remove(name: &str) {
    run(&format!("DROP DATABASE IF EXISTS {name}")).await;
}

/// Removes all rows except those that the migrations wrote, and resets the ids.
pub(super) async fn clear(name: &str) {
    let db = connect(name).await;
    // Connections of the previous test may not be closed yet.
    let others = "SELECT id FROM information_schema.processlist \
                  WHERE db = database() AND id <> connection_id()";
    for row in query(&db, others).await {
        let id: i64 = row.try_get_by_index(0).unwrap();
        // The connection may have ended by now.
        drop(db.execute_unprepared(&format!("KILL {id}")).await);
    }
    let tables = "SELECT table_name, coalesce(auto_increment, 1) > 1 FROM information_schema.tables \
                  WHERE table_schema = database() AND table_name NOT IN ('seaql_migrations', 'user_groups')";
    let mut clear = vec!["SET foreign_key_checks = 0".to_owned()];
    for row in query(&db, tables).await {
        let (table, is_numbered): (String, i32) = row.try_get_many_by_index().unwrap();
        clear.push(format!("DELETE FROM {table}"));
        if is_numbered != 0 {
            clear.push(format!("ALTER TABLE {table} AUTO_INCREMENT = 1"));
        }
    }
    db.execute_unprepared(&clear.join(";")).await.unwrap();
    db.close().await.unwrap();
}

/// Removes the databases of test processes that are gone.
pub(super) async fn sweep_up() {
    let server = connect("").await;
    for row in query(&server, "SHOW DATABASES").await {
        let name: String = row.try_get_by_index(0).unwrap();
        if sweep::is_left(&name) {
            // Another test process may be faster.
            drop(server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await);
        }
    }
    server.close().await.unwrap();
}
