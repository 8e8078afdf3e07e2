//! Many at once.

use std::sync::Arc;

use vestibule_domain::store::Store;

use super::{NOW, SeaStore, account, in_file, session};

const TASKS: u128 = 64;
const ROUNDS: u128 = 5;

/// Writes and reads by single calls and by units of work, of which every third is dropped.
async fn work(store: Arc<SeaStore>, task: u128) {
    for round in 0..ROUNDS {
        let number = task * ROUNDS + round + 1;
        let mut single = store.repositories();
        let owner = single.accounts().insert(&account(number)).await.unwrap();
        assert!(single.accounts().by_id(owner).await.unwrap().is_some());

        let mut unit = store.begin().await.unwrap();
        let device = session(number, owner);
        unit.sessions().insert(&device).await.unwrap();
        assert_eq!(unit.sessions().open(owner).await.unwrap(), [device.id]);
        assert!(single.accounts().by_id(owner).await.unwrap().is_some());
        assert_eq!(unit.sessions().revoke_all(owner, None, NOW).await.unwrap(), [device.id]);
        let is_kept = number.is_multiple_of(3);
        if is_kept {
            unit.commit().await.unwrap();
        } else {
            drop(unit);
        }

        assert!(single.accounts().deactivate(owner, NOW).await.unwrap());
        let state = single.sessions().state(device.id).await.unwrap();
        assert_eq!(state.is_some(), is_kept);
    }
}

async fn run(stores: &[Arc<SeaStore>]) {
    let tasks: Vec<_> = (0..TASKS)
        .zip(stores.iter().cycle())
        .map(|(task, store)| tokio::spawn(work(Arc::clone(store), task)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_and_readers_of_one_store_never_meet_a_locked_database() {
    let (store, _, _folder) = in_file().await;
    run(&[Arc::new(store)]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_never_meet_a_locked_database() {
    let (store, options, _folder) = in_file().await;
    let other = SeaStore::connect(&options).await.unwrap();
    run(&[Arc::new(store), Arc::new(other)]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_may_open_a_new_file_at_once() {
    let (_, options, _folder) = in_file().await;
    let file = options.url.replace("test.db", "other.db");
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let options = super::DatabaseOptions { url: file.clone(), ..options.clone() };
            tokio::spawn(async move { SeaStore::connect(&options).await.unwrap().ping().await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}
