//! Connections that a thread that answers requests has of its own.

use std::time::Duration;

use futures::future::join_all;
use tokio::runtime::{Builder, Handle};
use tokio::time::timeout;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::{Store as _, StoreError, UnitOfWork};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_settings::told;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::servers::{sessions, sessions_fall_to};

contract!(database on [postgres, mariadb]: [
    a_thread_uses_its_own_before_those_of_all,
    who_has_used_up_its_own_takes_those_of_all,
    a_thread_that_waits_for_its_own_takes_the_first_that_is_free,
    two_threads_and_all_others_have_no_more_connections_than_allowed,
    at_the_stop_its_own_are_closed_and_it_takes_those_of_all,
    what_is_in_use_at_the_stop_is_closed_when_it_is_given_back,
    those_of_a_thread_that_ended_are_gone_and_nobody_misses_them,
    as_many_sessions_as_are_wanted_are_counted,
    no_more_threads_than_expected_have_their_own,
]);

/// Three for each of two threads, and two for all.
const CONNECTIONS: u32 = 8;
pub(crate) const EACH: usize = 3;
const FOR_ALL: usize = 2;

pub(crate) async fn store(database: &EmptyDatabase) -> SeaStore {
    let options = DatabaseOptions {
        max_connections: CONNECTIONS,
        threads: 2,
        acquire_timeout: Duration::from_secs(2),
        ..DatabaseOptions::new(database.url())
    };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    store
}

/// Runs a task in a runtime of its own on a thread of its own, as requests are. It is given the runtime of all others.
pub(crate) async fn in_a_thread<T: Send + 'static, F: Future<Output = T>>(
    task: impl FnOnce(Handle) -> F + Send + 'static,
) -> T {
    let others = Handle::current();
    let thread = tokio::task::spawn_blocking(move || {
        Builder::new_current_thread().enable_all().build().unwrap().block_on(task(others))
    });
    thread.await.unwrap()
}

/// Units of work that are open, each on a connection.
async fn units(store: &SeaStore, count: usize) -> Vec<Box<dyn UnitOfWork>> {
    join_all((0..count).map(|_| store.begin())).await.into_iter().map(Result::unwrap).collect()
}

async fn read(store: &SeaStore) {
    assert!(store.repositories().accounts().by_id(AccountId(1)).await.unwrap().is_none());
}

fn assert_all_in_use(begun: Result<Box<dyn UnitOfWork>, StoreError>, count: usize) {
    let error = begun.err().unwrap();
    let all = format!(
        "all {count} connections were in use that this thread may use, of the {CONNECTIONS} of database.max_connections"
    );
    assert!(told(&error).contains(&all), "{}", told(&error));
}

/// Units of a thread on its own connections alone: so many are left for all others.
///
/// While one of its own is not open, or on the way back, a thread may take one of all.
pub(crate) async fn units_of_its_own(store: &SeaStore, others: &Handle) -> [Vec<Box<dyn UnitOfWork>>; 2] {
    loop {
        let held = units(store, EACH).await;
        let theirs = store.clone();
        let rest = others.spawn(async move { join_all((0..FOR_ALL).map(|_| theirs.begin())).await });
        let rest: Result<Vec<_>, _> = rest.await.unwrap().into_iter().collect();
        if let Ok(rest) = rest {
            return [held, rest];
        }
    }
}

async fn a_thread_uses_its_own_before_those_of_all(database: EmptyDatabase) {
    let store = store(&database).await;
    in_a_thread(async move |others| {
        let _own = store.own_connections();
        let held = units_of_its_own(&store, &others).await;
        // The rest belongs to threads.
        others.spawn(async move { assert_all_in_use(store.begin().await, FOR_ALL) }).await.unwrap();
        drop(held);
    })
    .await;
}

async fn who_has_used_up_its_own_takes_those_of_all(database: EmptyDatabase) {
    let store = store(&database).await;
    in_a_thread(async move |_| {
        let _own = store.own_connections();
        let held = units(&store, EACH + FOR_ALL).await;
        assert_all_in_use(store.begin().await, EACH + FOR_ALL);
        drop(held);
    })
    .await;
}

async fn a_thread_that_waits_for_its_own_takes_the_first_that_is_free(database: EmptyDatabase) {
    let store = store(&database).await;
    in_a_thread(async move |others| {
        let _own = store.own_connections();
        // First one of its own becomes free, then one of all.
        for free in &mut units_of_its_own(&store, &others).await {
            let waits = store.begin();
            let ends = async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                free.pop().unwrap().commit().await.unwrap();
            };
            let (unit, ()) = futures::join!(waits, ends);
            unit.unwrap().commit().await.unwrap();
            free.push(store.begin().await.unwrap());
        }
    })
    .await;
}

async fn two_threads_and_all_others_have_no_more_connections_than_allowed(database: EmptyDatabase) {
    let store = store(&database).await;
    let watcher = database.connect().await;
    let busy = |store: SeaStore| {
        in_a_thread(async move |_| {
            let _own = store.own_connections();
            for _ in 0..10 {
                join_all((0..16).map(|_| read(&store))).await;
            }
            // What is open stays open for the others to see.
            tokio::time::sleep(Duration::from_millis(300)).await;
        })
    };
    let others = async {
        for _ in 0..10 {
            join_all((0..16).map(|_| read(&store))).await;
        }
        sessions(&watcher).await
    };
    let ((), (), seen) = futures::join!(busy(store.clone()), busy(store.clone()), others);
    assert!(seen <= CONNECTIONS as usize, "{seen}");
    // Those of the threads went with them.
    drop(units(&store, FOR_ALL).await);
    sessions_fall_to(&watcher, FOR_ALL).await;
}

async fn at_the_stop_its_own_are_closed_and_it_takes_those_of_all(database: EmptyDatabase) {
    let store = store(&database).await;
    let watcher = database.connect().await;
    in_a_thread(async move |others| {
        let _own = store.own_connections();
        drop(units(&store, EACH + FOR_ALL).await);
        let theirs = store.clone();
        others.spawn(async move { theirs.close_own_connections().await }).await.unwrap();
        sessions_fall_to(&watcher, FOR_ALL).await;
        drop(units(&store, FOR_ALL).await);
        assert!(sessions(&watcher).await <= FOR_ALL);
    })
    .await;
}

async fn what_is_in_use_at_the_stop_is_closed_when_it_is_given_back(database: EmptyDatabase) {
    let store = store(&database).await;
    let watcher = database.connect().await;
    in_a_thread(async move |others| {
        let _own = store.own_connections();
        let held = units(&store, EACH + FOR_ALL).await;
        let theirs = store.clone();
        others.spawn(async move { theirs.close_own_connections().await }).await.unwrap();
        assert_eq!(sessions(&watcher).await, EACH + FOR_ALL);
        for unit in held {
            unit.commit().await.unwrap();
        }
        sessions_fall_to(&watcher, FOR_ALL).await;
    })
    .await;
}

async fn those_of_a_thread_that_ended_are_gone_and_nobody_misses_them(database: EmptyDatabase) {
    let store = store(&database).await;
    let watcher = database.connect().await;
    let theirs = store.clone();
    in_a_thread(async move |_| {
        let _own = theirs.own_connections();
        drop(units(&theirs, EACH + FOR_ALL).await);
    })
    .await;
    sessions_fall_to(&watcher, FOR_ALL).await;
    drop(units(&store, FOR_ALL).await);
    let theirs = store.clone();
    // Another one has as many.
    in_a_thread(async move |_| {
        let _own = theirs.own_connections();
        drop(units(&theirs, EACH + FOR_ALL).await);
    })
    .await;
    store.close().await;
    assert!(timeout(Duration::from_secs(5), store.begin()).await.unwrap().is_err());
}

async fn as_many_sessions_as_are_wanted_are_counted(database: EmptyDatabase) {
    let store = store(&database).await;
    let watcher = database.connect().await;
    assert_eq!(store.count_sessions(CONNECTIONS).await, Some(CONNECTIONS));
    assert_eq!(store.count_sessions(CONNECTIONS + 1).await, Some(CONNECTIONS));
    assert_eq!(store.count_sessions(1).await, Some(1));
    sessions_fall_to(&watcher, 0).await;
}

async fn no_more_threads_than_expected_have_their_own(database: EmptyDatabase) {
    let store = store(&database).await;
    let (first, second, third) = (store.clone(), store.clone(), store.clone());
    in_a_thread(async move |_| {
        let _own = first.own_connections();
        in_a_thread(async move |_| {
            let _own = second.own_connections();
            in_a_thread(async move |_| {
                let _none = third.own_connections();
                let held = units(&third, FOR_ALL).await;
                assert_all_in_use(third.begin().await, FOR_ALL);
                drop(held);
            })
            .await;
        })
        .await;
    })
    .await;
}
