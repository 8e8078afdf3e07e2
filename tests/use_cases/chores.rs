//! Chores: several servers of one installation, of which one does them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use vestibule_application::Services;
use vestibule_application::maintenance::Purged;
use vestibule_application::media::{SweepEnd, SweepPolicy};
use vestibule_application::policy::Retention;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::maintenance::Chore;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::ports::Clock as _;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_domain::store::Store;
use vestibule_infrastructure::faulty::{Fault, FaultyStore};
use vestibule_use_case_tests::{FixedClock, UseCases};

on_stores![
    one_server_at_a_time_purges,
    another_server_takes_over_once_the_lease_ran_out_and_the_first_one_stops,
    a_server_that_lost_its_lease_stops,
    a_long_purge_keeps_its_lease,
    a_purge_that_ends_or_fails_or_is_stopped_leaves_the_chore_to_others,
    the_chores_of_a_dead_server_are_free_at_once,
    one_server_at_a_time_sweeps
];

const LEASE: Duration = Duration::from_mins(5);
const FOR_EVER: Retention = Retention {
    unactivated_accounts: None,
    parked_messages: None,
    sent_messages: None,
    audit_events: None,
    trashed_accounts: None,
};
const POLICY: SweepPolicy = SweepPolicy { removes: true, percent: 20 };
/// The number of the call that removes the first batch of sessions: before it the lease is taken, and refresh tokens are
/// looked for.
const SESSIONS: u64 = 3;

/// Two servers on one store. What the first one asks of it can be interrupted.
struct Nodes {
    first: UseCases,
    faults: FaultyStore,
    second: Arc<Services>,
    store: Arc<dyn Store>,
    clock: FixedClock,
}

impl Nodes {
    fn on(store: Arc<dyn Store>) -> Self {
        let faults = FaultyStore::new(store.clone());
        let first = UseCases::with(|deps| deps.store = Arc::new(faults.clone()));
        let mut deps = first.deps.clone();
        deps.store = store.clone();
        let clock = first.clock.clone();
        Self { second: Arc::new(Services::new(&deps)), first, faults, store, clock }
    }

    /// Adds sessions that are to be purged.
    async fn with_expired_sessions(store: Arc<dyn Store>, count: usize) -> Self {
        let nodes = Self::on(store);
        let account = nodes.first.member("ada@example.com").await;
        nodes.expire(account, count).await;
        nodes
    }

    async fn expire(&self, account: AccountId, count: usize) {
        for _ in 0..count {
            let now = self.clock.now();
            let session = Session {
                id: SessionId(self.first.deps.ids.random()),
                account,
                surface: "rotating".to_owned(),
                user_agent: None,
                client_address: None,
                created_at: now - Duration::from_hours(2),
                expires_at: now - Duration::from_hours(1),
                revoked_at: None,
                last_seen_at: None,
            };
            self.store.repositories().sessions().insert(&session).await.unwrap();
        }
    }

    async fn first_purges(&self, go_on: impl Fn() -> bool + Send + Sync) -> Option<Purged> {
        self.first.services.purge_expired.execute_while(FOR_EVER, go_on).await.unwrap()
    }

    async fn second_purges(&self) -> Option<Purged> {
        purge(&self.second).await
    }
}

async fn purge(node: &Services) -> Option<Purged> {
    node.purge_expired.execute_while(FOR_EVER, || true).await.unwrap()
}

fn sessions(count: u64) -> Purged {
    Purged { sessions: count, ..Purged::default() }
}

/// What a purge removed that did not come to its end.
fn interrupted(sessions: u64) -> Purged {
    Purged { sessions, is_interrupted: true, ..Purged::default() }
}

async fn one_server_at_a_time_purges(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 3).await;
    let (second, is_refused) = (nodes.second.clone(), Arc::new(AtomicBool::new(false)));
    let noted = is_refused.clone();
    nodes.faults.before_call(SESSIONS, async move {
        noted.store(purge(&second).await.is_none(), Ordering::SeqCst);
    });
    assert_eq!(nodes.first_purges(|| true).await, Some(sessions(3)));
    assert!(is_refused.load(Ordering::SeqCst));
    assert_eq!(nodes.second_purges().await, Some(sessions(0)));
}

async fn another_server_takes_over_once_the_lease_ran_out_and_the_first_one_stops(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 600).await;
    let (second, clock) = (nodes.second.clone(), nodes.clock.clone());
    let taken_over = Arc::new(AtomicBool::new(false));
    let noted = taken_over.clone();
    // The first one stands still before its first batch of sessions, and goes on with that batch.
    nodes.faults.before_call(SESSIONS, async move {
        clock.advance(LEASE);
        noted.store(purge(&second).await == Some(sessions(600)), Ordering::SeqCst);
    });
    assert_eq!(nodes.first_purges(|| true).await, Some(interrupted(0)));
    assert!(taken_over.load(Ordering::SeqCst));
}

async fn a_server_that_lost_its_lease_stops(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 600).await;
    let (store, clock) = (nodes.store.clone(), nodes.clock.clone());
    // Another server, whose clock is ahead.
    nodes.faults.before_call(SESSIONS, async move {
        clock.advance(Duration::from_mins(1));
        let (other, ahead) = (InstanceId(uuid::Uuid::from_u128(7)), clock.now() + LEASE);
        let mut repositories = store.repositories();
        assert!(repositories.chore_leases().take(Chore::Purge, other, ahead, ahead + LEASE).await.unwrap());
    });
    // The batch that was under way is the last one.
    assert_eq!(nodes.first_purges(|| true).await, Some(interrupted(500)));
    assert_eq!(nodes.first_purges(|| true).await, None);
    nodes.clock.advance(2 * LEASE);
    assert_eq!(nodes.first_purges(|| true).await, Some(sessions(100)));
}

async fn a_long_purge_keeps_its_lease(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 1_100).await;
    let (second, is_refused) = (nodes.second.clone(), Arc::new(AtomicBool::new(false)));
    let noted = is_refused.clone();
    // By then, ten minutes after its start.
    nodes.faults.before_call(8, async move {
        noted.store(purge(&second).await.is_none(), Ordering::SeqCst);
    });
    let began = nodes.clock.now();
    let clock = nodes.clock.clone();
    let go_on = move || {
        clock.advance(Duration::from_mins(3));
        true
    };
    assert_eq!(nodes.first_purges(go_on).await, Some(sessions(1_100)));
    assert!(nodes.clock.now() - began > 2 * LEASE);
    assert!(is_refused.load(Ordering::SeqCst));
}

async fn a_purge_that_ends_or_fails_or_is_stopped_leaves_the_chore_to_others(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 3).await;
    nodes.faults.fail_call(SESSIONS, Fault::Unexpected);
    let failed = nodes.first.services.purge_expired.execute_while(FOR_EVER, || true).await;
    assert!(failed.is_err());
    assert_eq!(nodes.second_purges().await, Some(sessions(3)));
    let asked = AtomicBool::new(false);
    nodes.first_purges(|| !asked.swap(true, Ordering::SeqCst)).await;
    assert_eq!(nodes.second_purges().await, Some(sessions(0)));
    assert_eq!(nodes.first_purges(|| true).await, Some(sessions(0)));
}

async fn the_chores_of_a_dead_server_are_free_at_once(store: Arc<dyn Store>) {
    let nodes = Nodes::with_expired_sessions(store, 3).await;
    let (dead, now) = (nodes.first.services.deliver_messages.instance(), nodes.clock.now());
    let mut repositories = nodes.store.repositories();
    assert!(repositories.chore_leases().take(Chore::Purge, dead, now, now + LEASE).await.unwrap());
    assert_eq!(nodes.second_purges().await, None);
    nodes.second.free_dead_leases.execute(&[dead]).await.unwrap();
    assert_eq!(nodes.second_purges().await, Some(sessions(3)));
}

async fn one_server_at_a_time_sweeps(store: Arc<dyn Store>) {
    let nodes = Nodes::on(store);
    let (first, now) = (nodes.first.services.deliver_messages.instance(), nodes.clock.now());
    let mut repositories = nodes.store.repositories();
    assert!(repositories.chore_leases().take(Chore::Sweep, first, now, now + LEASE).await.unwrap());
    let sweeps = async || nodes.second.sweep_orphans.execute_while(POLICY, || true).await.unwrap().end;
    assert_eq!(sweeps().await, SweepEnd::Elsewhere);
    // A purge is another chore.
    assert_eq!(nodes.second_purges().await, Some(sessions(0)));
    nodes.clock.advance(LEASE);
    assert_ne!(sweeps().await, SweepEnd::Elsewhere);
    assert!(repositories.chore_leases().take(Chore::Sweep, first, now, now + LEASE).await.unwrap());
}
