//! No state of a session from before a change is served after the change was acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::time::Instant;
use vestibule_application::accounts::DeactivateAccountInput;
use vestibule_application::sessions::{LogOutInput, SHARED_STATES_OVER};
use vestibule_domain::ports::{Cache, CacheError, Clock};
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_infrastructure::memory::MemoryCache;
use vestibule_use_case_tests::use_cases::ROTATING;
use vestibule_use_case_tests::{FixedClock, UseCases};

use super::served_past::no_reader_is_served_the_past;

const ADA: &str = "ada@example.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reader_is_served_the_past_from_memory() {
    no_reader_is_served_the_past(UseCases::new()).await;
}

/// Where two nodes keep the states of sessions.
struct Shared {
    cache: Arc<MemoryCache>,
    is_cut_off: AtomicBool,
    /// Whether it takes writes and never says that it did.
    is_silent: AtomicBool,
    /// How many writes wait, and how many did at the most.
    writes: AtomicUsize,
    most_writes: AtomicUsize,
}

impl Shared {
    fn reached(&self) -> Result<&MemoryCache, CacheError> {
        if self.is_cut_off.load(Ordering::SeqCst) {
            Err(CacheError("cut off".into()))
        } else {
            Ok(&self.cache)
        }
    }
}

#[async_trait]
impl Cache for Shared {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        self.reached()?.get(key).await
    }

    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        if self.is_silent.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let writes = self.writes.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_writes.fetch_max(writes, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.writes.fetch_sub(1, Ordering::SeqCst);
        self.reached()?.set(key, value, life).await
    }

    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        self.reached()?.add(key, value, life).await
    }

    async fn ping(&self) -> Result<(), CacheError> {
        self.reached()?.ping().await
    }

    fn is_remote(&self) -> bool {
        true
    }
}

/// The time of a runtime whose clock is paused: it passes when everything waits.
struct PausedClock(Instant);

impl Clock for PausedClock {
    fn now(&self) -> OffsetDateTime {
        FixedClock::START + self.0.elapsed()
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Two nodes on one store and one cache, which each reaches by itself.
struct Nodes {
    one: UseCases,
    ones_cache: Arc<Shared>,
    other: UseCases,
}

impl Nodes {
    fn new() -> Self {
        let cache = Arc::new(MemoryCache::new(Arc::new(PausedClock(Instant::now()))));
        let way = || {
            Arc::new(Shared {
                cache: cache.clone(),
                is_cut_off: AtomicBool::new(false),
                is_silent: AtomicBool::new(false),
                writes: AtomicUsize::new(0),
                most_writes: AtomicUsize::new(0),
            })
        };
        let ones_cache = way();
        let one = UseCases::with(|deps| deps.cache = ones_cache.clone());
        let other = UseCases::with(|deps| {
            deps.store = one.deps.store.clone();
            deps.cache = way();
        });
        Self { one, ones_cache, other }
    }

    fn cut_one_off(&self) {
        self.ones_cache.is_cut_off.store(true, Ordering::SeqCst);
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_without_the_cache_does_not_acknowledge_while_another_serves_the_past() {
    let nodes = Nodes::new();
    nodes.one.member(ADA).await;
    let token = nodes.one.log_in(ADA).await.access_token;
    let actor = nodes.other.actor(&token).await.unwrap();
    nodes.cut_one_off();

    let mut logging_out =
        std::pin::pin!(nodes.one.services.log_out.execute(LogOutInput { session: actor.session }));
    // It is committed, and the other node cannot know.
    let waits = tokio::time::timeout(Duration::from_millis(1), &mut logging_out).await.is_err();
    assert!(waits && nodes.other.actor(&token).await.is_some());
    // The node itself does not ask the cache, and knows.
    assert!(nodes.one.actor(&token).await.is_none());
    logging_out.await.unwrap();
    assert!(nodes.other.actor(&token).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_node_that_reaches_the_cache_does_not_wait() {
    let nodes = Nodes::new();
    nodes.one.member(ADA).await;
    let token = nodes.one.log_in(ADA).await.access_token;
    let actor = nodes.other.actor(&token).await.unwrap();
    let began = Instant::now();
    nodes.one.services.log_out.execute(LogOutInput { session: actor.session }).await.unwrap();
    assert!(nodes.other.actor(&token).await.is_none());
    assert!(began.elapsed() < SHARED_STATES_OVER, "nobody has to wait for a mark that is put");
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_does_not_answer_keeps_nothing_locked() {
    let nodes = Nodes::new();
    nodes.one.member(ADA).await;
    let token = nodes.one.log_in(ADA).await.access_token;
    let session = nodes.other.actor(&token).await.unwrap().session;
    nodes.ones_cache.is_silent.store(true, Ordering::SeqCst);

    let logging_out = nodes.one.services.log_out.execute(LogOutInput { session });
    let waits = tokio::time::timeout(Duration::from_millis(1_001), logging_out).await.is_err();
    let state = nodes.one.deps.store.repositories().sessions().state(session).await.unwrap();
    assert!(waits && !state.unwrap().is_open, "it is to be committed after a second, and not acknowledged");
}

#[tokio::test(start_paused = true)]
async fn marks_are_waited_for_no_longer_than_old_states_are_served() {
    let nodes = Nodes::new();
    nodes.one.member(ADA).await;
    let token = nodes.one.log_in(ADA).await.access_token;
    let session = nodes.other.actor(&token).await.unwrap().session;
    nodes.ones_cache.is_silent.store(true, Ordering::SeqCst);

    let began = Instant::now();
    nodes.one.services.log_out.execute(LogOutInput { session }).await.unwrap();
    assert!(nodes.other.actor(&token).await.is_none());
    assert!(began.elapsed() <= Duration::from_millis(1_001) + SHARED_STATES_OVER);
}

#[tokio::test(start_paused = true)]
async fn many_sessions_are_marked_in_parts_and_none_is_left_out() {
    let nodes = Nodes::new();
    let admin = nodes.one.admin().await;
    let account = nodes.one.member(ADA).await;
    let tokens = [nodes.one.log_in(ADA).await.access_token, nodes.one.log_in(ADA).await.access_token];
    let mut unit = nodes.one.deps.store.begin().await.unwrap();
    for _ in 0..2_000 {
        let session = Session {
            id: SessionId(nodes.one.deps.ids.random()),
            account,
            surface: ROTATING.surface.to_owned(),
            user_agent: None,
            client_address: None,
            created_at: FixedClock::START,
            expires_at: FixedClock::START + ROTATING.session,
            revoked_at: None,
            last_seen_at: None,
        };
        unit.sessions().insert(&session).await.unwrap();
    }
    unit.commit().await.unwrap();
    for token in &tokens {
        assert!(nodes.other.actor(token).await.is_some());
    }
    let input = DeactivateAccountInput { administrator: admin, account };
    nodes.one.services.deactivate_account.execute(input).await.unwrap();
    for token in &tokens {
        assert!(nodes.other.actor(token).await.is_none());
    }
    assert_eq!(nodes.ones_cache.most_writes.load(Ordering::SeqCst), 500);
}
