//! Kept answers, where whoever changes something is cut off, or nobody can be told.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::pending;
use tokio::time::timeout;
use vestibule_application::Actor;
use vestibule_application::accounts::{Change, EditMobileInput, OwnerOrAdministrator};
use vestibule_application::answers::{ANSWERS_OVER, Question};
use vestibule_application::idempotency::IdempotencyKey;
use vestibule_application::points::ChangePointsInput;
use vestibule_domain::accounts::Username;
use vestibule_domain::points::{Points, PointsKind};
use vestibule_domain::ports::{Cache, CacheError};
use vestibule_infrastructure::memory::MemoryCache;
use vestibule_use_case_tests::UseCases;

use super::kept_answers::{change_to, create, is_kept, read, signed_in};

/// A cache in which a value can stay on its way for ever.
struct Holding {
    inner: MemoryCache,
    holds_next: AtomicBool,
    holds_reads: AtomicBool,
}

#[async_trait::async_trait]
impl Cache for Holding {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        if self.holds_reads.load(Ordering::SeqCst) {
            pending::<()>().await;
        }
        self.inner.get(key).await
    }

    async fn set(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<(), CacheError> {
        if self.holds_next.swap(false, Ordering::SeqCst) {
            pending::<()>().await;
        }
        self.inner.set(key, value, life).await
    }

    async fn add(&self, key: &str, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        self.inner.add(key, value, life).await
    }

    async fn ping(&self) -> Result<(), CacheError> {
        self.inner.ping().await
    }

    fn is_remote(&self) -> bool {
        true
    }
}

fn holding() -> (UseCases, Arc<Holding>) {
    let mut cache = None;
    let app = UseCases::with(|deps| {
        let inner = MemoryCache::new(deps.clock.clone());
        let held = Arc::new(Holding {
            inner,
            holds_next: AtomicBool::new(false),
            holds_reads: AtomicBool::new(false),
        });
        deps.cache = held.clone();
        cache = Some(held);
    });
    (app, cache.unwrap())
}

/// Gives tasks beside the test their turn.
async fn others_go_on() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_change_that_is_cut_off_in_its_commit_ends_the_answer_all_the_same() {
    let app = UseCases::new();
    let actor = signed_in(&app).await;
    let id = create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    // Waits for nothing before its commit.
    assert!(pin!(change_to(&app, actor, id, 1)).now_or_never().is_none());
    others_go_on().await;
    assert!(!is_kept(&app, actor).await);
    assert_eq!(read(&app, actor).await, 1);
}

#[tokio::test]
async fn a_write_by_itself_that_is_cut_off_ends_the_answer_all_the_same() {
    let (app, cache) = holding();
    let actor = signed_in(&app).await;
    create(&app, actor).await;
    assert_eq!(read(&app, actor).await, 0);
    cache.holds_next.store(true, Ordering::SeqCst);
    assert!(pin!(create(&app, actor)).now_or_never().is_none());
    assert!(is_kept(&app, actor).await);
    others_go_on().await;
    assert!(!is_kept(&app, actor).await);
}

#[tokio::test]
async fn what_is_acknowledged_once_more_is_not_shown_as_it_was_before() {
    let (app, cache) = holding();
    let actor = signed_in(&app).await;
    let question = || Question::of_account(actor.account, "points");
    let place = app.services.answers.find(question()).await.unwrap_err();
    place.unwrap().keep(b"0");
    cache.holds_next.store(true, Ordering::SeqCst);
    let first = tokio::spawn({
        let services = app.services.clone();
        async move { services.change_points.execute(add_one(actor)).await }
    });
    others_go_on().await;
    assert!(!first.is_finished());
    assert!(app.services.answers.find(question()).await.is_ok());
    let again = app.services.change_points.execute(add_one(actor)).await.unwrap();
    assert_eq!(again.balance, 1);
    assert!(app.services.answers.find(question()).await.is_err());
    first.abort();
}

#[tokio::test]
async fn an_edit_that_finds_everything_done_ends_what_is_kept_from_before() {
    let (app, cache) = holding();
    let actor = signed_in(&app).await;
    let question = || Question::of_account(actor.account, "name");
    let place = app.services.answers.find(question()).await.unwrap_err();
    place.unwrap().keep(b"before");
    cache.holds_next.store(true, Ordering::SeqCst);
    let first = tokio::spawn({
        let services = app.services.clone();
        async move { services.edit_mobile.execute(renamed(actor)).await }
    });
    others_go_on().await;
    assert!(!first.is_finished());
    assert!(app.services.answers.find(question()).await.is_ok());
    let again = app.services.edit_mobile.execute(renamed(actor)).await.unwrap();
    assert_eq!(again.username.as_ref().map(Username::as_str), Some("after"));
    assert!(app.services.answers.find(question()).await.is_err());
    first.abort();
}

fn renamed(actor: Actor) -> EditMobileInput {
    EditMobileInput {
        who: OwnerOrAdministrator::of(&actor, actor.uuid).unwrap(),
        username: Some(Username::parse("after").unwrap()),
        email: Change::Keep,
        mobile: None,
        gender: Change::Keep,
        active: None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_reader_does_not_wait_for_a_cache_that_is_slower_than_the_store() {
    let (app, cache) = holding();
    let actor = signed_in(&app).await;
    create(&app, actor).await;
    cache.holds_reads.store(true, Ordering::SeqCst);
    assert_eq!(timeout(Duration::from_secs(1), read(&app, actor)).await, Ok(0));
    cache.holds_reads.store(false, Ordering::SeqCst);
    assert!(!is_kept(&app, actor).await);
}

fn add_one(actor: Actor) -> ChangePointsInput {
    ChangePointsInput {
        actor,
        account: None,
        kind: PointsKind::Add,
        points: Some(Points::new(1).unwrap()),
        reason: None,
        is_self_credit_open: true,
        idempotency_key: Some(IdempotencyKey::new("PUT /api/users/points/add", "key", &[("points", "1")])),
    }
}

#[tokio::test(start_paused = true)]
async fn a_command_ends_when_servers_that_it_cannot_tell_show_what_it_changed() {
    let server = UseCases::new();
    let command = UseCases::with(|deps| deps.store = server.deps.store.clone());
    let actor = signed_in(&server).await;
    let id = create(&server, actor).await;
    assert_eq!(read(&server, actor).await, 0);
    let begun = tokio::time::Instant::now();
    command.services.answers.over_elsewhere().await;
    assert_eq!(begun.elapsed(), Duration::ZERO);
    change_to(&command, actor, id, 1).await;
    assert!(is_kept(&server, actor).await);
    command.services.answers.over_elsewhere().await;
    assert!(begun.elapsed() >= ANSWERS_OVER);
    server.clock.advance(begun.elapsed());
    assert_eq!(read(&server, actor).await, 1);
}
