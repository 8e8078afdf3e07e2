//! An account with more sessions than a statement has parameters, from before there was a cap.

use std::sync::Arc;

use sea_orm::ConnectionTrait;
use vestibule_application::accounts::{
    ChangeRoleInput, CompletePasswordResetInput, DeactivateAccountInput, RequestPasswordResetInput,
};
use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::secret::SecretToken;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::use_cases::{RESET, address, new_password};
use vestibule_tests::{OwnDatabase, Server, UseCases};

const ADA: &str = "ada@example.com";
const COUNT: usize = 100_000;
const CAP: usize = 100;

/// Adds `COUNT` sessions of the account, each a second older than the one before, with a refresh token.
struct Seed {
    sessions: &'static str,
    tokens: &'static str,
}

const SQLITE: Seed = Seed {
    sessions: "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < COUNT)
        INSERT INTO sessions (id, user_id, surface, created_at, expires_at)
        SELECT randomblob(16), ACCOUNT, 'rotating',
            strftime('%Y-%m-%d %H:%M:%S', '2026-11-20 10:00:00', '-' || n || ' seconds') || '.0',
            '2036-11-20 10:00:00.0' FROM n",
    tokens: "INSERT INTO refresh_tokens (jti, session_id, user_id, token, issued_at, expires_at)
        SELECT id, id, user_id, hex(id) || hex(id), created_at, expires_at FROM sessions
        WHERE user_id = ACCOUNT AND expires_at > '2036'",
};
const POSTGRES: Seed = Seed {
    sessions: "INSERT INTO sessions (id, user_id, surface, created_at, expires_at)
        SELECT gen_random_uuid(), ACCOUNT, 'rotating',
            timestamptz '2026-11-20 10:00:00Z' - n * interval '1 second', '2036-11-20 10:00:00Z'
        FROM generate_series(1, COUNT) n",
    tokens: "INSERT INTO refresh_tokens (jti, session_id, user_id, token, issued_at, expires_at)
        SELECT id, id, user_id, md5(id::text) || md5(id::text || 'x'), created_at, expires_at FROM sessions
        WHERE user_id = ACCOUNT AND expires_at > '2036-01-01'",
};
const MARIADB: Seed = Seed {
    sessions: "INSERT INTO sessions (id, user_id, surface, created_at, expires_at)
        SELECT UNHEX(MD5(seq)), ACCOUNT, 'rotating', '2026-11-20 10:00:00' - INTERVAL seq SECOND,
            '2036-11-20 10:00:00'
        FROM seq_1_to_COUNT",
    tokens: "INSERT INTO refresh_tokens (jti, session_id, user_id, token, issued_at, expires_at)
        SELECT id, id, user_id, SHA2(HEX(id), 256), created_at, expires_at FROM sessions
        WHERE user_id = ACCOUNT AND expires_at > '2036-01-01'",
};

async fn run(store: &SeaStore, sql: &str, account: AccountId) {
    let sql = sql.replace("ACCOUNT", &account.0.to_string()).replace("COUNT", &COUNT.to_string());
    store.connection().execute_unprepared(&sql).await.unwrap();
}

async fn open(app: &UseCases, account: AccountId) -> usize {
    app.deps.store.repositories().sessions().open(account).await.unwrap().len()
}

/// Opens the sessions again that were ended.
const REOPEN: &str = "UPDATE sessions SET revoked_at = NULL WHERE user_id = ACCOUNT";

async fn nothing_is_impossible(store: SeaStore, seed: Seed) {
    let shared = Arc::new(store.clone());
    let app = UseCases::with(|deps| deps.store = shared);
    let admin = app.admin().await;
    let account = app.member(ADA).await;
    run(&store, seed.sessions, account).await;
    run(&store, seed.tokens, account).await;
    assert_eq!(open(&app, account).await, COUNT);

    let role = ChangeRoleInput { administrator: admin, account, role: Role::Moderator };
    app.services.change_role.execute(role).await.unwrap();

    let session = app.log_in(ADA).await;
    assert_eq!(open(&app, account).await, CAP);
    assert!(app.actor(&session.access_token).await.is_some(), "the newest one ended");

    run(&store, REOPEN, account).await;
    let reset = RequestPasswordResetInput { email: address(ADA), language: None, policy: RESET };
    app.services.request_password_reset.execute(reset).await.unwrap();
    let reset = CompletePasswordResetInput {
        email: Some(address(ADA)),
        token: SecretToken::new(app.mailed_code(ADA).await),
        password: new_password("another password"),
        language: None,
    };
    app.services.complete_password_reset.execute(reset).await.unwrap();
    assert_eq!(open(&app, account).await, 0);
    assert!(app.actor(&session.access_token).await.is_none());

    run(&store, REOPEN, account).await;
    let lockout = DeactivateAccountInput { administrator: admin, account };
    app.services.deactivate_account.execute(lockout).await.unwrap();
    assert_eq!(open(&app, account).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_sessions_make_nothing_impossible_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("vestibule.db").display());
    let store = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    nothing_is_impossible(store, SQLITE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
async fn too_many_sessions_make_nothing_impossible_on_postgres() {
    let database = OwnDatabase::migrated(Server::Postgres).await;
    let store = SeaStore::connect(&DatabaseOptions::new(&database.url)).await.unwrap();
    nothing_is_impossible(store, POSTGRES).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
async fn too_many_sessions_make_nothing_impossible_on_mariadb() {
    let database = OwnDatabase::migrated(Server::MariaDb).await;
    let store = SeaStore::connect(&DatabaseOptions::new(&database.url)).await.unwrap();
    nothing_is_impossible(store, MARIADB).await;
}
