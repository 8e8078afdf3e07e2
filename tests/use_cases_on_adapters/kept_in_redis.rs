//! Kept answers at nodes that share a Redis.

use std::sync::Arc;
use std::time::{Duration, Instant};

use vestibule_application::Actor;
use vestibule_application::answers::ANSWERS_OVER;
use vestibule_domain::store::Store;
use vestibule_infrastructure::memory::MemoryStore;
use vestibule_infrastructure::redis::{RedisCache, RedisConnection, RedisOptions};
use vestibule_tests::Gate;
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_use_case_tests::UseCases;

use super::kept_answers::{change_to, create, is_kept, no_reader_is_answered_the_past, read, signed_in};

/// A node at an address of this Redis.
fn node(store: &Arc<dyn Store>, redis: &OwnRedis, connection: Arc<RedisConnection>) -> Arc<UseCases> {
    let cache = Arc::new(RedisCache::new(connection, redis.prefix(), Duration::ZERO));
    let store = store.clone();
    Arc::new(UseCases::with(|deps| {
        deps.store = store;
        deps.cache = cache;
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn no_reader_at_two_nodes_is_answered_the_past_in_ten_thousand_changes() {
    let redis = OwnRedis::one();
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let nodes = vec![node(&store, &redis, redis.connection()), node(&store, &redis, redis.connection())];
    let actor = signed_in(&nodes[0]).await;
    no_reader_is_answered_the_past(nodes, actor, 10_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn a_node_that_lost_redis_answers_a_change_when_no_other_node_gives_the_past() {
    let redis = OwnRedis::one();
    let gate = Gate::to(redis.server_address()).await;
    let options = RedisOptions {
        nodes: vec![format!("redis://{}", gate.address())],
        pause: Duration::from_millis(1),
        ..redis.options()
    };
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let cut_off = node(&store, &redis, Arc::new(RedisConnection::new(options).unwrap()));
    let other = node(&store, &redis, redis.connection());
    let actor = signed_in(&cut_off).await;
    let id = create(&cut_off, actor).await;
    gate.close();
    for change in 1..=3 {
        assert_eq!(read_until_kept(&other, actor).await, change - 1);
        let begun = Instant::now();
        change_to(&cut_off, actor, id, change).await;
        assert!(begun.elapsed() >= ANSWERS_OVER);
        // The node that lost Redis keeps nothing and gives nothing out.
        assert_eq!(read(&cut_off, actor).await, change);
        assert!(!is_kept(&cut_off, actor).await);
        assert_eq!(read(&other, actor).await, change);
    }
    gate.open();
    assert_eq!(read_until_kept(&cut_off, actor).await, 3);
    change_to(&cut_off, actor, id, 4).await;
    assert_eq!(read(&other, actor).await, 4);
}

/// Reads until the answer is kept, and answers what was read.
async fn read_until_kept(app: &UseCases, actor: Actor) -> u64 {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        let read = read(app, actor).await;
        if is_kept(app, actor).await {
            return read;
        }
        tokio::task::yield_now().await;
    }
    panic!("no answer is kept");
}
