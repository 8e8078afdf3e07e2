//! Databases on `PostgreSQL`.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::{Server, sweep};

/// Removes all rows except those that the migrations wrote, and resets the ids. Truncating makes new files, so it is
/// used only after a large test.
const CLEAR: &str = "
    SET session_replication_role = replica;
    DO $$
    DECLARE
        name text;
        many bool;
    BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
            AND tablename NOT IN ('seaql_migrations', 'user_groups')
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I OFFSET 1000)', name) INTO many;
            EXECUTE format(CASE WHEN many THEN 'TRUNCATE %I CASCADE' ELSE 'DELETE FROM %I' END, name);
        END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
            PERFORM setval(quote_ident(name), 1, false);
        END LOOP;
    END $$;";

async fn connect(database: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(Server::Postgres.url(database));
    options.max_connections(1);
    Database::connect(options).await.expect("PostgreSQL answers")
}

async fn run(database: &str, sql: &str) {
    let db = connect(database).await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

pub(super) async fn create(name: &str) {
    run("postgres", &format!("CREATE DATABASE {name}")).await;
}

pub(super) async fn remove(name: &str) {
    run("postgres", &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

pub(super) async fn clear(name: &str) {
    // Connections of the previous test may not be closed yet.
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    run(name, &format!("{others};{CLEAR}")).await;
}

/// Removes the databases of test processes that are gone.
pub(super) async fn sweep_up() {
    let server = connect("postgres").await;
    let names = Statement::from_string(DbBackend::Postgres, "SELECT datname FROM pg_database");
    for row in server.query_all_raw(names).await.unwrap() {
        let name: String = row.try_get_by_index(0).unwrap();
        if sweep::is_left(&name) {
            // Another test process may be faster.
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            drop(server.execute_unprepared(&sql).await);
        }
    }
    server.close().await.unwrap();
}
