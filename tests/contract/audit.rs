//! The contract of `AuditRepository`.

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::{
    AuditAction, AuditActor, AuditEvent, AuditEventId, AuditFilter, RecordedAction,
};
use vestibule_domain::store::StoreError;
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOW, Stored, add_account, id};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_event_reads_back_as_it_was_written,
    an_event_without_anything_else_reads_back,
    every_action_and_every_actor_reads_back,
    an_action_of_a_newer_release_is_listed_by_its_name,
    an_id_is_taken_once,
    events_are_listed_newest_first_and_by_id_within_one_time,
    a_list_goes_on_after_the_last_event_and_misses_none,
    events_of_an_account_of_an_action_and_since_a_time_are_found,
    a_counted_event_stays_as_it_is_but_for_its_number,
    each_of_many_that_count_at_once_is_counted,
    a_unit_that_is_dropped_leaves_no_event_and_no_count,
    an_event_outlives_its_account,
    a_purge_keeps_to_its_limit_oldest_first,
]);

fn event(name: &str, at: OffsetDateTime) -> AuditEvent {
    AuditEvent {
        id: AuditEventId(id(name)),
        at,
        actor: AuditActor::Anonymous,
        account: None,
        action: AuditAction::LoggedIn.into(),
        surface: "theater".to_owned(),
        client: None,
        request: None,
        details: None,
        times: 1,
    }
}

fn whose(name: &str) -> AccountUuid {
    AccountUuid(id(name))
}

async fn append(store: &Stored, event: &AuditEvent) {
    store.repositories().audit().append(event).await.unwrap();
}

async fn count(store: &Stored, event: &AuditEvent) -> Result<(), StoreError> {
    store.repositories().audit().count(event).await
}

async fn listed(store: &Stored, filter: AuditFilter) -> Vec<AuditEvent> {
    store.repositories().audit().list(&filter, None, 100).await.unwrap()
}

async fn all(store: &Stored) -> Vec<AuditEvent> {
    listed(store, AuditFilter::default()).await
}

async fn an_event_reads_back_as_it_was_written(store: Stored) {
    let event = AuditEvent {
        actor: AuditActor::Account(whose("root")),
        account: Some(whose("ada")),
        action: AuditAction::RoleChanged.into(),
        surface: "s".repeat(32),
        client: Some("ffff:ffff:ffff:ffff::/64".to_owned()),
        request: Some(id("request")),
        details: Some(format!(r#"{{"é'\"":"{}"}}"#, "x".repeat(900))),
        times: u64::from(u32::MAX),
        ..event("one", NOW)
    };
    append(&store, &event).await;
    assert_eq!(all(&store).await, [event]);
}

async fn an_event_without_anything_else_reads_back(store: Stored) {
    append(&store, &event("one", NOW)).await;
    assert_eq!(all(&store).await, [event("one", NOW)]);
}

async fn every_action_and_every_actor_reads_back(store: Stored) {
    let actors =
        [AuditActor::Account(whose("ada")), AuditActor::Anonymous, AuditActor::Operator, AuditActor::System];
    let mut expected = Vec::new();
    for (number, action) in AuditAction::ALL.iter().enumerate() {
        let at = NOW - Duration::seconds(i64::try_from(number).unwrap());
        let event =
            AuditEvent { action: (*action).into(), actor: actors[number % 4], ..event(action.as_str(), at) };
        append(&store, &event).await;
        expected.push(event);
    }
    assert_eq!(all(&store).await, expected);
}

/// A newer server writes such beside this one, during an update.
async fn an_action_of_a_newer_release_is_listed_by_its_name(store: Stored) {
    let action = RecordedAction::Unknown("farewell_said".to_owned());
    let newer = AuditEvent { action, account: Some(whose("ada")), ..event("newer", NOW + MOMENT) };
    for event in [&event("before", NOW), &newer, &event("after", NOW + MOMENT * 2)] {
        append(&store, event).await;
    }
    let expected = [event("after", NOW + MOMENT * 2), newer.clone(), event("before", NOW)];
    assert_eq!(all(&store).await, expected);
    let of_ada = AuditFilter { account: Some(whose("ada")), ..AuditFilter::default() };
    assert_eq!(listed(&store, of_ada).await, [newer]);
    let known = AuditFilter { action: Some(AuditAction::LoggedIn), ..AuditFilter::default() };
    assert_eq!(listed(&store, known).await.len(), 2);
}

async fn an_id_is_taken_once(store: Stored) {
    append(&store, &event("one", NOW)).await;
    let again = AuditEvent { action: AuditAction::LoggedOut.into(), ..event("one", NOW + MOMENT) };
    assert!(store.repositories().audit().append(&again).await.is_err());
    assert_eq!(all(&store).await, [event("one", NOW)]);
}

/// Events of three times, several of each, newest first.
async fn many(store: &Stored) -> Vec<AuditEvent> {
    let mut events = Vec::new();
    for number in 0..12 {
        events.push(event(&number.to_string(), NOW + MOMENT * (number % 3)));
    }
    for event in &events {
        append(store, event).await;
    }
    events.sort_by_key(|event| std::cmp::Reverse((event.at, event.id)));
    events
}

async fn events_are_listed_newest_first_and_by_id_within_one_time(store: Stored) {
    let expected = many(&store).await;
    assert_eq!(all(&store).await, expected);
}

async fn a_list_goes_on_after_the_last_event_and_misses_none(store: Stored) {
    let expected = many(&store).await;
    for limit in [1, 2, 5, 12] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let filter = AuditFilter::default();
            let part = store.repositories().audit().list(&filter, after, limit).await.unwrap();
            let Some(last) = part.last() else { break };
            assert!(part.len() as u64 <= limit);
            after = Some(last.position());
            seen.extend(part);
        }
        assert_eq!(seen, expected);
    }
    assert_eq!(store.repositories().audit().list(&AuditFilter::default(), None, 0).await.unwrap(), []);
}

async fn events_of_an_account_of_an_action_and_since_a_time_are_found(store: Stored) {
    let (ada, bob) = (Some(whose("ada")), Some(whose("bob")));
    let of = |name: &str, account, action: AuditAction, moments| AuditEvent {
        account,
        action: action.into(),
        actor: AuditActor::Account(whose("ada")),
        ..event(name, NOW + MOMENT * moments)
    };
    let old = of("old", ada, AuditAction::LoggedIn, 0);
    let other = of("other", bob, AuditAction::LoggedIn, 1);
    let out = of("out", ada, AuditAction::LoggedOut, 2);
    let new = of("new", ada, AuditAction::LoggedIn, 3);
    for event in [&old, &other, &out, &new] {
        append(&store, event).await;
    }
    let (action, since) = (Some(AuditAction::LoggedIn), Some(NOW + MOMENT));
    let none = AuditFilter::default();
    let found = listed(&store, AuditFilter { account: ada, ..none }).await;
    assert_eq!(found, [new.clone(), out.clone(), old.clone()]);
    let found = listed(&store, AuditFilter { action, ..none }).await;
    assert_eq!(found, [new.clone(), other.clone(), old.clone()]);
    let found = listed(&store, AuditFilter { since, ..none }).await;
    assert_eq!(found, [new.clone(), out, other.clone()]);
    let found = listed(&store, AuditFilter { account: ada, action, ..none }).await;
    assert_eq!(found, [new.clone(), old]);
    let found = listed(&store, AuditFilter { action, since, ..none }).await;
    assert_eq!(found, [new.clone(), other]);
    let found = listed(&store, AuditFilter { account: ada, action, since }).await;
    assert_eq!(found, [new]);
}

async fn a_counted_event_stays_as_it_is_but_for_its_number(store: Stored) {
    let first =
        AuditEvent { account: Some(whose("ada")), client: Some("first".to_owned()), ..event("one", NOW) };
    count(&store, &first).await.unwrap();
    assert_eq!(all(&store).await, std::slice::from_ref(&first));
    let second = AuditEvent { client: Some("second".to_owned()), times: 2, ..event("one", NOW + MOMENT) };
    count(&store, &second).await.unwrap();
    assert_eq!(all(&store).await, [AuditEvent { times: 3, ..first }]);
}

async fn each_of_many_that_count_at_once_is_counted(store: Stored) {
    let counted = at_once(8, |_| {
        let store = store.clone();
        async move {
            // As the use cases do: what the store gives up is tried again.
            loop {
                match count(&store, &event("one", NOW)).await {
                    Err(StoreError::Retryable(_)) => {}
                    counted => return counted.is_ok(),
                }
            }
        }
    })
    .await;
    assert!(counted.iter().all(|counted| *counted));
    assert_eq!(all(&store).await, [AuditEvent { times: 8, ..event("one", NOW) }]);
}

async fn a_unit_that_is_dropped_leaves_no_event_and_no_count(store: Stored) {
    append(&store, &event("before", NOW)).await;
    let mut unit = store.begin().await.unwrap();
    unit.audit().append(&event("one", NOW)).await.unwrap();
    unit.audit().count(&event("before", NOW)).await.unwrap();
    assert_eq!(unit.audit().list(&AuditFilter::default(), None, 9).await.unwrap().len(), 2);
    drop(unit);
    assert_eq!(all(&store).await, [event("before", NOW)]);
}

async fn an_event_outlives_its_account(store: Stored) {
    use vestibule_domain::accounts::AccountDetails;
    let waiting = AccountDetails { is_active: false, ..crate::given::account("ada@example.com") };
    let account = Some(waiting.uuid);
    crate::given::add(&store, &waiting).await;
    add_account(&store, "bob@example.com").await;
    let event = AuditEvent { account, ..event("one", NOW) };
    append(&store, &event).await;
    let removed = store.repositories().accounts().purge_never_activated(NOW, NOW, 9).await.unwrap();
    assert_eq!(removed.accounts, 1);
    assert_eq!(listed(&store, AuditFilter { account, ..AuditFilter::default() }).await, [event]);
}

async fn a_purge_keeps_to_its_limit_oldest_first(store: Stored) {
    for (name, days) in [("a", 1), ("b", 3), ("c", 2), ("d", 0)] {
        append(&store, &event(name, NOW - Duration::days(days))).await;
    }
    let purge = async |limit| {
        let until = NOW - Duration::days(1);
        store.repositories().audit().purge(until, limit).await.unwrap()
    };
    assert_eq!(purge(0).await, 0);
    assert_eq!(purge(1).await, 1);
    assert_eq!(all(&store).await.last().unwrap().id, AuditEventId(id("c")));
    assert_eq!(purge(100).await, 2);
    assert_eq!(all(&store).await, [event("d", NOW)]);
}
