//! Pictures that nothing refers to: which are removed, and when none is.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_application::media::{Found, SweepEnd, SweepPolicy, Swept};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{Avatar, ContactFacts, NewContact, Text};
use vestibule_domain::installation::InstallationId;
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::ports::{
    Clock as _, CutOffUploads, IdGenerator as _, ObjectError, ObjectStore, ObjectWalk,
};
use vestibule_infrastructure::memory::MemoryObjects;
use vestibule_infrastructure::system::{SystemClock, SystemIds};
use vestibule_use_case_tests::{FixedClock, UseCases};

const POLICY: SweepPolicy = SweepPolicy { removes: true, percent: 20 };
const LONG: Duration = Duration::from_hours(2);

fn in_memory() -> MemoryObjects {
    MemoryObjects::new(Arc::new(SystemClock))
}

/// Use cases on these objects, whose clock tells the time of the objects.
fn use_cases(objects: &Arc<MemoryObjects>) -> UseCases {
    with_objects(objects.clone())
}

fn with_objects(objects: Arc<dyn ObjectStore>) -> UseCases {
    let app = UseCases::with(|deps| deps.objects = objects);
    let behind = SystemClock.now() - app.clock.now();
    app.clock.advance(behind.try_into().unwrap());
    app
}

/// Use cases that have marked the place of their pictures, and run for long enough to remove some.
async fn established() -> (UseCases, AccountId) {
    let app = use_cases(&Arc::new(in_memory()));
    assert_eq!(swept(&app).await.found, Found::default());
    app.clock.advance(LONG);
    let owner = app.registered("ada@example.com").await;
    (app, owner)
}

async fn sweep(app: &UseCases, policy: SweepPolicy) -> Swept {
    app.services.sweep_orphans.execute_while(policy, || true).await.unwrap()
}

async fn swept(app: &UseCases) -> Swept {
    sweep(app, POLICY).await
}

/// Puts an object as small as it can be.
async fn put(app: &UseCases) -> ObjectKey {
    let key = ObjectKey::new(MediaFolder::Contacts, SystemIds.random(), PictureFormat::Jpeg);
    app.deps.objects.put(&key, b"x".to_vec()).await.unwrap();
    key
}

/// Likewise, of a contact.
async fn put_for(app: &UseCases, owner: AccountId) -> ObjectKey {
    let key = put(app).await;
    refer(app, owner, key).await;
    key
}

async fn refer(app: &UseCases, owner: AccountId, key: ObjectKey) {
    let facts = ContactFacts {
        fullname: Text::parse("Bob").unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    let url = Text::parse("https://example.org/a.jpg").unwrap();
    let contact = NewContact { owner, facts, avatar: Some(Avatar { url, object: Some(key) }) };
    app.deps.store.repositories().contacts().insert(&contact).await.unwrap();
}

async fn is_there(app: &UseCases, key: &ObjectKey) -> bool {
    app.deps.objects.length(key).await.unwrap().is_some()
}

async fn there(app: &UseCases) -> usize {
    app.deps.objects.put_before(SystemClock.now() + LONG).next(10_000).await.unwrap().len()
}

#[tokio::test]
async fn another_database_at_the_same_pictures_removes_none() {
    let objects = Arc::new(in_memory());
    let (one, other) = (use_cases(&objects), use_cases(&objects));
    swept(&one).await;
    let owner = one.registered("ada@example.com").await;
    let key = put_for(&one, owner).await;
    for app in [&one, &other] {
        app.clock.advance(LONG);
    }
    let end = swept(&other).await.end;
    assert!(matches!(end, SweepEnd::AnotherInstallation { owner, own } if owner != own), "{end:?}");
    assert!(end.is_alarming() && is_there(&one, &key).await);
    assert_eq!(swept(&one).await.end, SweepEnd::Removed);
    assert!(is_there(&one, &key).await);
}

#[tokio::test]
async fn the_picture_of_another_installation_is_not_removed_when_it_is_replaced() {
    let objects = Arc::new(in_memory());
    let (one, copy) = (use_cases(&objects), use_cases(&objects));
    let key = put(&one).await;
    objects.claim(InstallationId(SystemIds.random())).await.unwrap();
    copy.services.remove_picture.execute(key).await;
    assert!(is_there(&one, &key).await);
}

#[tokio::test]
async fn a_place_with_the_pictures_of_somebody_else_and_no_mark_stays_as_it_is() {
    let objects = Arc::new(in_memory());
    let one = use_cases(&objects);
    let owner = one.registered("ada@example.com").await;
    let keys = [put_for(&one, owner).await, put(&one).await, put(&one).await];
    one.clock.advance(LONG);
    // One of three is less than half.
    let swept = swept(&one).await;
    assert_eq!((swept.end, swept.found), (SweepEnd::Unmarked, Found { pictures: 3, orphans: 2 }));
    assert_eq!(objects.owner().await.unwrap(), None);
    for key in &keys {
        assert!(is_there(&one, key).await);
    }
}

#[tokio::test]
async fn a_place_with_one_s_own_pictures_is_marked_first_and_swept_the_next_time() {
    let app = use_cases(&Arc::new(in_memory()));
    let owner = app.registered("ada@example.com").await;
    let (kept, orphan) = (put_for(&app, owner).await, put(&app).await);
    app.clock.advance(LONG);
    assert_eq!(swept(&app).await.end, SweepEnd::Marked);
    assert!(is_there(&app, &orphan).await && app.deps.objects.owner().await.unwrap().is_some());
    let swept = swept(&app).await;
    assert_eq!((swept.end, swept.removed), (SweepEnd::Removed, 1));
    assert!(is_there(&app, &kept).await && !is_there(&app, &orphan).await);
}

#[tokio::test]
async fn pictures_that_were_put_a_moment_ago_count_where_there_is_no_mark() {
    let objects = Arc::new(in_memory());
    let (one, other) = (use_cases(&objects), use_cases(&objects));
    let owner = one.registered("ada@example.com").await;
    put_for(&one, owner).await;
    assert_eq!(swept(&other).await.end, SweepEnd::Unmarked);
}

#[tokio::test]
async fn the_first_hour_only_reports_and_marks_the_place() {
    let objects = Arc::new(in_memory());
    swept(&use_cases(&objects)).await;
    let app = use_cases(&Arc::new(in_memory()));
    swept(&app).await;
    assert!(app.deps.objects.owner().await.unwrap().is_some());
    let owner = app.registered("ada@example.com").await;
    put_for(&app, owner).await;
    put(&app).await;
    app.clock.advance(LONG);
    // A process that starts now.
    let again = UseCases::with(|deps| *deps = app.deps.clone());
    let swept = sweep(&again, POLICY).await;
    assert_eq!((swept.end, swept.found.orphans, there(&app).await), (SweepEnd::ReportedAfterStart, 1, 2));
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(sweep(&again, POLICY).await.removed, 1);
}

#[tokio::test]
async fn a_sweep_that_is_to_report_changes_nothing() {
    let report = SweepPolicy { removes: false, ..POLICY };
    let unmarked = use_cases(&Arc::new(in_memory()));
    unmarked.clock.advance(LONG);
    assert_eq!(sweep(&unmarked, report).await.end, SweepEnd::ReportedBySetting);
    assert_eq!(unmarked.deps.objects.owner().await.unwrap(), None);
    let (app, owner) = established().await;
    put_for(&app, owner).await;
    put(&app).await;
    app.clock.advance(LONG);
    let swept = sweep(&app, report).await;
    assert_eq!((swept.end, swept.found.orphans, there(&app).await), (SweepEnd::ReportedBySetting, 1, 2));
}

#[tokio::test]
async fn a_young_picture_that_is_referred_to_is_known_too() {
    let clock = FixedClock::new();
    let app = use_cases(&Arc::new(MemoryObjects::new(Arc::new(clock.clone()))));
    swept(&app).await;
    app.clock.advance(LONG);
    let owner = app.registered("ada@example.com").await;
    let orphan = put(&app).await;
    clock.set(app.clock.now());
    let young = put_for(&app, owner).await;
    let swept = swept(&app).await;
    assert_eq!((swept.end, swept.removed), (SweepEnd::Removed, 1));
    assert!(is_there(&app, &young).await && !is_there(&app, &orphan).await);
}

#[tokio::test]
async fn where_nothing_is_referred_to_nothing_is_removed() {
    let (app, _) = established().await;
    put(&app).await;
    app.clock.advance(LONG);
    assert_eq!(swept(&app).await.end, SweepEnd::NothingReferenced);
    assert_eq!(there(&app).await, 1);
}

#[tokio::test]
async fn a_database_of_an_earlier_day_loses_no_picture_that_came_later() {
    let (app, owner) = established().await;
    for _ in 0..40 {
        put_for(&app, owner).await;
    }
    // Those of the days since.
    for _ in 0..11 {
        put(&app).await;
    }
    app.clock.advance(LONG);
    let swept = swept(&app).await;
    assert_eq!((swept.end, swept.removed, there(&app).await), (SweepEnd::TooMany { most: 10 }, 0, 51));
    let lifted = sweep(&app, SweepPolicy { percent: 100, ..POLICY }).await;
    assert_eq!((lifted.end, lifted.removed, there(&app).await), (SweepEnd::Removed, 11, 40));
}

#[tokio::test]
async fn pictures_by_the_thousand_are_counted_and_swept_in_batches() {
    let (app, owner) = established().await;
    for number in 0..1_300 {
        let key = put(&app).await;
        if number % 10 != 0 {
            refer(&app, owner, key).await;
        }
    }
    app.clock.advance(LONG);
    let swept = swept(&app).await;
    assert_eq!(swept.found, Found { pictures: 1_300, orphans: 130 });
    assert_eq!((swept.removed, there(&app).await), (130, 1_170));
}

#[tokio::test]
async fn a_sweep_that_is_stopped_while_it_counts_removes_nothing() {
    let (app, owner) = established().await;
    put_for(&app, owner).await;
    put(&app).await;
    app.clock.advance(LONG);
    for steps in 0..4 {
        let left = AtomicU32::new(steps);
        let may_go_on =
            || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        let swept = app.services.sweep_orphans.execute_while(POLICY, may_go_on).await.unwrap();
        assert_eq!((swept.end, there(&app).await), (SweepEnd::Interrupted, 2), "{steps}");
    }
}

/// Objects of which every third cannot be removed, or none, or whose mark is exchanged.
struct Stubborn {
    objects: MemoryObjects,
    sticks: fn(u128) -> bool,
    /// It answers this owner from the second question on.
    usurper: Option<InstallationId>,
    asked: AtomicU32,
}

impl Stubborn {
    fn new(sticks: fn(u128) -> bool) -> Self {
        Self { objects: in_memory(), sticks, usurper: None, asked: AtomicU32::new(0) }
    }
}

#[async_trait]
impl ObjectStore for Stubborn {
    async fn put(&self, key: &ObjectKey, bytes: Vec<u8>) -> Result<(), ObjectError> {
        self.objects.put(key, bytes).await
    }

    async fn length(&self, key: &ObjectKey) -> Result<Option<u64>, ObjectError> {
        self.objects.length(key).await
    }

    async fn get(&self, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Vec<u8>>, ObjectError> {
        self.objects.get(key, range).await
    }

    async fn delete(&self, key: &ObjectKey) -> Result<(), ObjectError> {
        if (self.sticks)(key.name().as_u128()) {
            return Err(ObjectError::Unavailable("permission denied".into()));
        }
        self.objects.delete(key).await
    }

    fn put_before(&self, moment: OffsetDateTime) -> Box<dyn ObjectWalk> {
        self.objects.put_before(moment)
    }

    async fn owner(&self) -> Result<Option<InstallationId>, ObjectError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        if asked > 1 && self.usurper.is_some() {
            return Ok(self.usurper);
        }
        self.objects.owner().await
    }

    async fn claim(&self, installation: InstallationId) -> Result<InstallationId, ObjectError> {
        self.objects.claim(installation).await
    }

    fn cut_off_before(&self, moment: OffsetDateTime) -> Box<dyn CutOffUploads> {
        self.objects.cut_off_before(moment)
    }

    async fn ping(&self) -> Result<(), ObjectError> {
        self.objects.ping().await
    }
}

/// Use cases with as many pictures of contacts and orphans, whose place is marked.
async fn with_orphans(objects: Stubborn, used: u32, orphans: u32) -> UseCases {
    let app = with_objects(Arc::new(objects));
    swept(&app).await;
    let owner = app.registered("ada@example.com").await;
    for _ in 0..used {
        put_for(&app, owner).await;
    }
    for _ in 0..orphans {
        put(&app).await;
    }
    app.clock.advance(LONG);
    app
}

#[tokio::test]
async fn one_that_cannot_be_removed_keeps_no_other() {
    let app = with_orphans(Stubborn::new(|name| name % 3 == 0), 1, 9).await;
    let first = swept(&app).await;
    assert_eq!((first.removed + first.failed, first.end), (9, SweepEnd::Removed));
    assert_eq!(there(&app).await as u64, 1 + first.failed);
    let again = swept(&app).await;
    assert_eq!((again.removed, again.failed), (0, first.failed));
}

#[tokio::test]
async fn many_that_cannot_be_removed_end_no_sweep_while_the_store_answers() {
    let app = with_orphans(Stubborn::new(|_| true), 200, 45).await;
    let swept = swept(&app).await;
    assert_eq!((swept.removed, swept.failed, swept.end), (0, 45, SweepEnd::Removed));
}

#[tokio::test]
async fn a_mark_that_changes_while_a_sweep_counts_stops_it() {
    let usurper = InstallationId(SystemIds.random());
    let app = with_orphans(Stubborn { usurper: Some(usurper), ..Stubborn::new(|_| false) }, 1, 1).await;
    let swept = swept(&app).await;
    assert!(matches!(swept.end, SweepEnd::AnotherInstallation { owner, .. } if owner == usurper));
    assert_eq!(there(&app).await, 2);
}
