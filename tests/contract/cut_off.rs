//! Calls that nobody waits for any more: a request is over its time, its client is gone, or the server stalls.
//! None of them leaves a connection inside a transaction, in which later writes would be acknowledged and lost.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::time::timeout;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::{Store, StoreError};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{Brake, contract, scatter};

use crate::given::{NOW, account, email};

contract!(database on [postgres, mariadb]: [
    a_begin_that_nobody_waits_for_leaves_no_transaction,
    a_statement_that_nobody_waits_for_leaves_no_transaction,
    a_commit_that_nobody_waits_for_leaves_no_transaction,
    a_rollback_that_stalls_leaves_no_transaction,
    what_is_dropped_at_any_point_takes_nothing_acknowledged_with_it,
]);

/// A store of one connection behind a brake, an account, and a store that looks on from elsewhere.
struct Braked {
    store: SeaStore,
    brake: Brake,
    onlooker: SeaStore,
    account: AccountId,
}

impl Braked {
    async fn new(database: &EmptyDatabase) -> Self {
        migration::up(&database.connect().await).await.unwrap();
        let url = database.url();
        let onlooker = SeaStore::connect(&DatabaseOptions::new(url)).await.unwrap();
        let account = onlooker.repositories().accounts().insert(&account("one@example.com")).await.unwrap();
        let (head, tail) = url.split_once('@').unwrap();
        let (server, name) = tail.split_once('/').unwrap();
        let brake = Brake::before(server).await;
        let options = DatabaseOptions {
            max_connections: 1,
            acquire_timeout: Duration::from_millis(500),
            ..DatabaseOptions::new(format!("{head}@{}/{name}", brake.address()))
        };
        let store = SeaStore::connect(&options).await.unwrap();
        Self { store, brake, onlooker, account }
    }

    /// The next write that is acknowledged is seen by others.
    async fn acknowledges_what_others_see(&self) {
        let is_active = !self.is_active().await;
        loop {
            let mut repositories = self.store.repositories();
            let accounts = repositories.accounts();
            let changed = if is_active {
                accounts.activate(self.account, NOW).await
            } else {
                accounts.deactivate(self.account, NOW).await
            };
            match changed {
                Ok(is_changed) => break assert!(is_changed),
                Err(StoreError::Unavailable(_)) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(self.is_active().await, is_active);
    }

    async fn is_active(&self) -> bool {
        let found = self.onlooker.repositories().accounts().by_id(self.account).await.unwrap();
        found.unwrap().details.is_active
    }

    async fn has(&self, address: &str) -> bool {
        self.onlooker.repositories().accounts().by_email(&email(address)).await.unwrap().is_some()
    }

    /// Drops a call once the server has answered it and nobody was told.
    async fn dropped<T>(&self, call: impl Future<Output = T>) {
        self.brake.pull();
        tokio::select! {
            _ = call => panic!("it was answered"),
            () = self.brake.holds_an_answer() => {}
        }
        self.brake.release();
    }
}

async fn a_begin_that_nobody_waits_for_leaves_no_transaction(database: EmptyDatabase) {
    let braked = Braked::new(&database).await;
    braked.dropped(braked.store.begin()).await;
    braked.acknowledges_what_others_see().await;
    // The store's own patience ends it likewise.
    braked.brake.pull();
    assert!(matches!(braked.store.begin().await.err(), Some(StoreError::Unavailable(_))));
    braked.brake.release();
    braked.acknowledges_what_others_see().await;
}

async fn a_statement_that_nobody_waits_for_leaves_no_transaction(database: EmptyDatabase) {
    let braked = Braked::new(&database).await;
    let mut unit = braked.store.begin().await.unwrap();
    braked.dropped(unit.accounts().insert(&account("two@example.com"))).await;
    drop(unit);
    braked.acknowledges_what_others_see().await;
    assert!(!braked.has("two@example.com").await);
}

async fn a_commit_that_nobody_waits_for_leaves_no_transaction(database: EmptyDatabase) {
    let braked = Braked::new(&database).await;
    let mut unit = braked.store.begin().await.unwrap();
    unit.accounts().insert(&account("two@example.com")).await.unwrap();
    braked.dropped(unit.commit()).await;
    braked.acknowledges_what_others_see().await;
    // The server had committed when it answered.
    assert!(braked.has("two@example.com").await);
}

async fn a_rollback_that_stalls_leaves_no_transaction(database: EmptyDatabase) {
    let braked = Braked::new(&database).await;
    let mut unit = braked.store.begin().await.unwrap();
    unit.accounts().insert(&account("two@example.com")).await.unwrap();
    braked.brake.pull();
    drop(unit);
    let waiting = braked.store.repositories().accounts().deactivate(braked.account, NOW).await;
    assert!(matches!(waiting, Err(StoreError::Unavailable(_))), "{waiting:?}");
    braked.brake.release();
    braked.acknowledges_what_others_see().await;
    assert!(!braked.has("two@example.com").await);
}

const TASKS: u64 = 16;
const DROPS: u64 = 10_000;

/// Inserts accounts by single calls and by units of work, gives most calls up at some point of their way, and
/// answers what was acknowledged.
async fn insert_and_give_up(store: &SeaStore, task: u64, dropped: &AtomicU64) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut number = 0;
    while dropped.load(Ordering::Relaxed) < DROPS {
        number += 1;
        let address = format!("user{task}-{number}@example.com");
        let insert = async {
            let account = account(&address);
            if number % 3 == 0 {
                store.repositories().accounts().insert(&account).await?;
                return Ok(());
            }
            let mut unit = store.begin().await?;
            unit.accounts().insert(&account).await?;
            if number % 3 == 1 { unit.commit().await } else { Err(StoreError::Unexpected("given up".into())) }
        };
        // Some wait, on however slow a machine.
        let patience = match number % 8 {
            0 => Duration::from_mins(1),
            _ => Duration::from_micros(scatter(task * 1_000_000 + number) % 3000),
        };
        match timeout(patience, insert).await {
            Ok(Ok(())) => acknowledged.push(address),
            Ok(Err(StoreError::Unexpected(cause))) => assert_eq!(cause.to_string(), "given up"),
            Ok(Err(error)) => panic!("{error:?}"),
            Err(_) => {
                dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    acknowledged
}

/// Connections to this database that are inside of a transaction, but the one that asks.
async fn open_transactions(store: &SeaStore) -> i64 {
    let db = store.connection();
    let ask = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
             AND state LIKE 'idle in transaction%'"
        }
        _ => {
            "SELECT count(*) FROM information_schema.innodb_trx t JOIN information_schema.processlist p \
             ON p.id = t.trx_mysql_thread_id WHERE p.db = database() AND p.command = 'Sleep'"
        }
    };
    let ask = Statement::from_string(db.get_database_backend(), ask);
    db.query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn what_is_dropped_at_any_point_takes_nothing_acknowledged_with_it(database: EmptyDatabase) {
    migration::up(&database.connect().await).await.unwrap();
    let options = DatabaseOptions {
        max_connections: 8,
        acquire_timeout: Duration::from_secs(30),
        ..DatabaseOptions::new(database.url())
    };
    let store = SeaStore::connect(&options).await.unwrap();
    let dropped = AtomicU64::new(0);
    let acknowledged = join_all((0..TASKS).map(|task| insert_and_give_up(&store, task, &dropped))).await;
    let acknowledged = acknowledged.concat();
    assert!(acknowledged.len() > 100, "{}", acknowledged.len());

    let onlooker = SeaStore::connect(&options).await.unwrap();
    for address in &acknowledged {
        let found = onlooker.repositories().accounts().by_email(&email(address)).await.unwrap();
        assert!(found.is_some(), "{address}");
    }
    // Nothing is under way any more once the pool has closed.
    store.close().await;
    assert_eq!(open_transactions(&onlooker).await, 0);
}
