//! No state of a session from before a change is served after the change was acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::time::Instant;
use vestibule_application::Actor;
use vestibule_application::accounts::{Administrator, ChangeRoleInput, DeactivateAccountInput};
use vestibule_application::sessions::{LogOutInput, SHARED_STATES_OVER};
use vestibule_domain::accounts::{AccountId, Role};
use vestibule_domain::ports::{Cache, CacheError, Clock};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_infrastructure::memory::MemoryCache;
use vestibule_infrastructure::redis::RedisCache;
use vestibule_tests::backends::redis::OwnRedis;
use vestibule_tests::use_cases::{PASSWORD, ROTATING};
use vestibule_tests::{FixedClock, UseCases};

const ADA: &str = "ada@example.com";

/// A change, and whether what is served is from after it.
#[derive(Clone, Copy)]
enum Change {
    Role,
    LogOut,
    Deactivation,
}

impl Change {
    async fn make(self, app: &UseCases, admin: Administrator, account: AccountId, actor: Actor) {
        match self {
            Self::Role => {
                let input = ChangeRoleInput { administrator: admin, account, role: Role::Moderator };
                app.services.change_role.execute(input).await.unwrap();
            }
            Self::LogOut => {
                app.services.log_out.execute(LogOutInput { session: actor.session }).await.unwrap();
            }
            Self::Deactivation => {
                let input = DeactivateAccountInput { administrator: admin, account };
                app.services.deactivate_account.execute(input).await.unwrap();
            }
        }
    }

    fn is_seen_in(self, served: Option<Actor>) -> bool {
        match self {
            Self::Role => served.is_some_and(|actor| actor.role == Role::Moderator),
            Self::LogOut | Self::Deactivation => served.is_none(),
        }
    }
}

/// Readers go on while the change is made; every reading that begins after the answer has to see it.
async fn no_reader_is_served_the_past(app: UseCases) {
    let app = Arc::new(app);
    let admin = app.admin().await;
    for round in 0..5 {
        for change in [Change::Role, Change::LogOut, Change::Deactivation] {
            let email = format!("{round}-{}@example.com", change as u8);
            let account = app.member(&email).await;
            let token = app.log_in(&email).await.access_token;
            let actor = app.actor(&token).await.unwrap();
            let acknowledged = Arc::new(AtomicBool::new(false));
            let readers: Vec<_> = (0..4)
                .map(|_| tokio::spawn(read(app.clone(), token.clone(), acknowledged.clone(), change)))
                .collect();
            change.make(&app, admin, account, actor).await;
            acknowledged.store(true, Ordering::SeqCst);
            for reader in readers {
                reader.await.unwrap();
            }
        }
    }
}

async fn read(app: Arc<UseCases>, token: SecretToken, acknowledged: Arc<AtomicBool>, change: Change) {
    let mut after = 0;
    while after < 20 {
        let is_after = acknowledged.load(Ordering::SeqCst);
        let served = app.actor(&token).await;
        if is_after {
            assert!(change.is_seen_in(served), "a state from before the change was served");
            after += 1;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_reader_is_served_the_past_from_memory() {
    no_reader_is_served_the_past(UseCases::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn no_reader_is_served_the_past_from_redis() {
    let redis = OwnRedis::one();
    no_reader_is_served_the_past(on(&redis)).await;
    assert!(!redis.keys().is_empty(), "Redis was not asked");
}

#[tokio::test]
#[cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")]
async fn what_redis_holds_of_a_session_is_no_secret() {
    let redis = OwnRedis::one();
    let app = on(&redis);
    app.member(ADA).await;
    let session = app.log_in(ADA).await;
    app.actor(&session.access_token).await.unwrap();
    let keys = redis.keys();
    assert_eq!(keys.len(), 1);
    let held = [keys[0].clone(), redis.value(&keys[0])].concat();
    let secrets = [session.access_token.reveal(), session.refresh_token.reveal(), PASSWORD, ADA];
    for secret in secrets {
        let part = secret.as_bytes().get(..8).unwrap_or(secret.as_bytes());
        assert!(!held.windows(part.len()).any(|window| window == part), "{held:?}");
    }
}

fn on(redis: &OwnRedis) -> UseCases {
    let cache = Arc::new(RedisCache::new(redis.connection(), redis.prefix(), Duration::ZERO));
    UseCases::with(|deps| deps.cache = cache)
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
