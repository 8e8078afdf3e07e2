//! The contract of `SentMessageRepository`, and of what fills it and takes away from it.

use time::{Duration, OffsetDateTime};
use vestibule_domain::accounts::{AccountDetails, AccountId, MobileNumber, PurgedAccounts};
use vestibule_domain::messages::{Channel, Language, MessageId, OutboxMessage, SentMessage};
use vestibule_domain::trash::RemovedKinds;
use vestibule_tests::{at_once, contract};

use crate::given::{
    MOMENT, NOW, Stored, account, add, add_account, add_session, enqueue, id, instance, lease, message, sent,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    what_was_sent_is_kept_as_it_was_given,
    nothing_is_kept_where_nothing_is_given,
    a_lost_lease_keeps_nothing,
    a_message_that_is_completed_again_is_kept_once,
    workers_that_complete_at_once_keep_one,
    a_unit_that_is_dropped_keeps_nothing,
    what_was_sent_is_listed_the_latest_first_and_part_by_part,
    a_purge_removes_what_was_sent_at_or_before_its_time,
    a_purge_keeps_to_its_limit_oldest_first,
    what_was_sent_to_an_account_goes_with_it_in_parts,
    what_was_sent_since_the_last_part_goes_with_the_account,
    what_was_sent_to_an_account_stays_while_nobody_removes_it,
    what_was_sent_to_an_account_that_was_never_activated_goes_with_it,
    what_was_sent_to_accounts_that_were_never_activated_goes_before_them_in_parts,
]);

const LEASE: Duration = Duration::MINUTE;
const ADA: &str = "ada@example.com";
const MOBILE: &str = "+33612345678";

async fn claim(store: &Stored, worker: &str, now: OffsetDateTime) {
    let mut repositories = store.repositories();
    let claim = repositories.outbox().claim(lease(worker), instance("process"), now, now + LEASE, 100);
    claim.await.unwrap();
}

async fn complete(store: &Stored, worker: &str, id: MessageId, record: Option<&SentMessage>) -> bool {
    store.repositories().outbox().complete(id, lease(worker), record).await.unwrap()
}

/// Sends a message of which this is kept.
pub(crate) async fn keep(store: &Stored, record: &SentMessage) {
    enqueue(store, &OutboxMessage { id: record.id, ..message("kept") }).await;
    claim(store, "worker", NOW).await;
    assert!(complete(store, "worker", record.id, Some(record)).await);
}

/// Sends messages to a recipient.
async fn keep_to(store: &Stored, recipient: &str, messages: usize) {
    for number in 0..messages {
        let record = sent(&format!("{number} to {recipient}"));
        keep(store, &SentMessage { recipient: recipient.to_owned(), ..record }).await;
    }
}

/// All that is kept, read in parts.
pub(crate) async fn list(store: &Stored, limit: u64) -> Vec<SentMessage> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let part = store.repositories().sent_messages().list(last, limit).await.unwrap();
        assert!(part.items.len() as u64 <= limit, "{limit}");
        all.extend(part.items);
        last = part.next;
        if last.is_none() {
            return all;
        }
    }
}

/// To whom, in alphabetical order.
async fn recipients(store: &Stored) -> Vec<String> {
    let mut all: Vec<_> = list(store, 100).await.into_iter().map(|sent| sent.recipient).collect();
    all.sort();
    all
}

async fn what_was_sent_is_kept_as_it_was_given(store: Stored) {
    let record = SentMessage {
        kind: "of_a_newer_release".to_owned(),
        channel: Channel::Sms,
        language: Language::En,
        recipient: format!("{}@example.com", "Ünï😀 '\"<".repeat(20)),
        attempts: 16,
        created_at: NOW - Duration::days(400),
        sent_at: NOW + MOMENT,
        ..sent("message")
    };
    assert!(record.recipient.chars().count() < 255);
    keep(&store, &record).await;
    assert_eq!(list(&store, 10).await, [record]);
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 0);
}

async fn nothing_is_kept_where_nothing_is_given(store: Stored) {
    enqueue(&store, &message("message")).await;
    claim(&store, "worker", NOW).await;
    assert!(complete(&store, "worker", message("message").id, None).await);
    assert_eq!(list(&store, 10).await, []);
}

async fn a_lost_lease_keeps_nothing(store: Stored) {
    let record = sent("message");
    enqueue(&store, &message("message")).await;
    assert!(!complete(&store, "first", record.id, Some(&record)).await);
    claim(&store, "first", NOW).await;
    claim(&store, "second", NOW + LEASE).await;
    assert!(!complete(&store, "first", record.id, Some(&record)).await);
    assert_eq!(list(&store, 10).await, []);
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 1);
    let later = SentMessage { attempts: 2, sent_at: NOW + LEASE, ..record };
    assert!(complete(&store, "second", later.id, Some(&later)).await);
    assert_eq!(list(&store, 10).await, [later]);
}

/// As after an answer that was lost.
async fn a_message_that_is_completed_again_is_kept_once(store: Stored) {
    let record = sent("message");
    keep(&store, &record).await;
    let again = SentMessage { sent_at: NOW + MOMENT, ..record.clone() };
    assert!(!complete(&store, "worker", again.id, Some(&again)).await);
    assert_eq!(list(&store, 10).await, [record]);
}

async fn workers_that_complete_at_once_keep_one(store: Stored) {
    let record = sent("message");
    enqueue(&store, &message("message")).await;
    claim(&store, "worker", NOW).await;
    let settled = at_once(6, |_| {
        let (store, record) = (store.clone(), record.clone());
        async move { complete(&store, "worker", record.id, Some(&record)).await }
    })
    .await;
    assert_eq!(settled.iter().filter(|is_held| **is_held).count(), 1);
    assert_eq!(list(&store, 10).await, [record]);
}

async fn a_unit_that_is_dropped_keeps_nothing(store: Stored) {
    let record = sent("message");
    enqueue(&store, &message("message")).await;
    claim(&store, "worker", NOW).await;
    let mut unit = store.begin().await.unwrap();
    assert!(unit.outbox().complete(record.id, lease("worker"), Some(&record)).await.unwrap());
    assert_eq!(unit.sent_messages().list(None, 10).await.unwrap().items, std::slice::from_ref(&record));
    drop(unit);
    assert_eq!(list(&store, 10).await, []);
    let mut unit = store.begin().await.unwrap();
    assert!(unit.outbox().complete(record.id, lease("worker"), Some(&record)).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(list(&store, 10).await, [record]);
}

async fn what_was_sent_is_listed_the_latest_first_and_part_by_part(store: Stored) {
    let mut expected = Vec::new();
    for (age, name) in [(1, "third"), (3, "first"), (2, "second"), (1, "fourth"), (1, "fifth")] {
        let record = SentMessage { sent_at: NOW - MOMENT * age, ..sent(name) };
        keep(&store, &record).await;
        expected.push(record);
    }
    expected.sort_by_key(|record| std::cmp::Reverse((record.sent_at, record.id.0)));
    for limit in [1, 2, 3, 5, 100] {
        assert_eq!(list(&store, limit).await, expected, "{limit}");
    }
    let whole = store.repositories().sent_messages().list(None, 5).await.unwrap();
    assert_eq!(whole.next, None);
    // The list goes on where what it went on after is gone.
    let first = store.repositories().sent_messages().list(None, 3).await.unwrap();
    purge(&store, expected[2].sent_at, 100).await;
    let rest = store.repositories().sent_messages().list(first.next, 3).await.unwrap();
    assert!(rest.items.is_empty() && rest.next.is_none(), "{rest:?}");
}

async fn purge(store: &Stored, until: OffsetDateTime, limit: u64) -> u64 {
    store.repositories().sent_messages().purge(until, limit).await.unwrap()
}

async fn a_purge_removes_what_was_sent_at_or_before_its_time(store: Stored) {
    for (name, sent_at) in [("before", NOW - MOMENT), ("then", NOW), ("after", NOW + MOMENT)] {
        keep(&store, &SentMessage { sent_at, ..sent(name) }).await;
    }
    // What waits is none of it.
    enqueue(&store, &message("waits")).await;
    assert_eq!(purge(&store, NOW, 100).await, 2);
    assert_eq!(purge(&store, NOW, 100).await, 0);
    assert_eq!(list(&store, 10).await, [SentMessage { sent_at: NOW + MOMENT, ..sent("after") }]);
    assert_eq!(store.repositories().outbox().waiting().await.unwrap(), 1);
}

async fn a_purge_keeps_to_its_limit_oldest_first(store: Stored) {
    for (name, age) in [("new", 0), ("old", 2), ("older", 3)] {
        keep(&store, &SentMessage { sent_at: NOW - MOMENT * age, ..sent(name) }).await;
    }
    assert_eq!(purge(&store, NOW, 0).await, 0);
    assert_eq!(purge(&store, NOW, 2).await, 2);
    assert_eq!(list(&store, 10).await, [sent("new")]);
    assert_eq!(purge(&store, NOW, 2).await, 1);
}

/// Ada with an address and a number, in the trash.
async fn trashed(store: &Stored) -> AccountId {
    let mobile = Some(MobileNumber::parse(MOBILE).unwrap());
    let ada = add(store, &AccountDetails { mobile, ..account(ADA) }).await;
    store.repositories().trash().put(&[ada], None, NOW, "gone").await.unwrap();
    ada
}

async fn what_was_sent_to_an_account_goes_with_it_in_parts(store: Stored) {
    let ada = trashed(&store).await;
    add_session(&store, ada, "session").await;
    keep_to(&store, ADA, 4).await;
    keep_to(&store, MOBILE, 3).await;
    let others = ["Ada@example.com", "ada@example.com.au", "eve@example.com"];
    for other in others {
        keep_to(&store, other, 1).await;
    }
    store.repositories().trash().begin_removal(ada, NOW).await.unwrap();
    let (mut parts, mut kinds) = (0, RemovedKinds::default());
    loop {
        let removed = store.repositories().trash().remove_some(ada, 2).await.unwrap();
        assert!(removed.rows <= 2, "{removed:?}");
        if removed.rows == 0 {
            break;
        }
        parts += 1;
        kinds += removed.kinds;
    }
    assert!(parts >= 4, "{parts}");
    assert_eq!(kinds, RemovedKinds { sessions: 1, sent_messages: 7, ..RemovedKinds::default() });
    assert_eq!(recipients(&store).await, others);
    assert_eq!(store.repositories().trash().remove(ada).await.unwrap(), Some(0));
    assert_eq!(recipients(&store).await, others);
}

async fn what_was_sent_since_the_last_part_goes_with_the_account(store: Stored) {
    let ada = trashed(&store).await;
    store.repositories().trash().begin_removal(ada, NOW).await.unwrap();
    keep_to(&store, ADA, 2).await;
    keep_to(&store, MOBILE, 1).await;
    keep_to(&store, "eve@example.com", 1).await;
    // As an erasure does: the account goes with its certificate.
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.trash().remove(ada).await.unwrap(), Some(3));
    unit.commit().await.unwrap();
    assert_eq!(recipients(&store).await, ["eve@example.com"]);
}

async fn what_was_sent_to_an_account_stays_while_nobody_removes_it(store: Stored) {
    let ada = trashed(&store).await;
    keep_to(&store, ADA, 1).await;
    assert_eq!(store.repositories().trash().remove_some(ada, 10).await.unwrap().rows, 0);
    assert_eq!(store.repositories().trash().remove(ada).await.unwrap(), None);
    assert_eq!(recipients(&store).await, [ADA]);
}

async fn what_was_sent_to_an_account_that_was_never_activated_goes_with_it(store: Stored) {
    let waiting = |address: &str| AccountDetails { is_active: false, ..account(address) };
    add(&store, &waiting(ADA)).await;
    add(&store, &AccountDetails { created_at: NOW + MOMENT, ..waiting("later@example.com") }).await;
    add_account(&store, "eve@example.com").await;
    for address in [ADA, "later@example.com", "eve@example.com", "nobody@example.com"] {
        keep_to(&store, address, 2).await;
    }
    let purged = store.repositories().accounts().purge_never_activated(NOW, NOW, 100).await.unwrap();
    assert_eq!(purged, PurgedAccounts { accounts: 1, sent_messages: 2 });
    let mut left = recipients(&store).await;
    left.dedup();
    assert_eq!(left, ["eve@example.com", "later@example.com", "nobody@example.com"]);
    assert!(list(&store, 100).await.iter().all(|sent| sent.id.0 != id("0 to ada@example.com")));
}

async fn what_was_sent_to_accounts_that_were_never_activated_goes_before_them_in_parts(store: Stored) {
    let mobile = Some(MobileNumber::parse(MOBILE).unwrap());
    let ada = add(&store, &AccountDetails { is_active: false, mobile, ..account(ADA) }).await;
    let grace = add(&store, &AccountDetails { is_active: false, ..account("grace@example.com") }).await;
    for (address, messages) in [(ADA, 3), (MOBILE, 2), ("grace@example.com", 2), ("eve@example.com", 1)] {
        keep_to(&store, address, messages).await;
    }
    let mut removed = 0;
    while removed < 6 {
        let part = store.repositories().accounts().purge_never_activated(NOW, NOW, 2).await.unwrap();
        assert_eq!(part, PurgedAccounts { accounts: 0, sent_messages: 2 }, "after {removed}");
        removed += part.sent_messages;
        for account in [ada, grace] {
            assert!(store.repositories().accounts().by_id(account).await.unwrap().is_some());
        }
    }
    let last = store.repositories().accounts().purge_never_activated(NOW, NOW, 2).await.unwrap();
    assert_eq!(last, PurgedAccounts { accounts: 2, sent_messages: 1 });
    assert_eq!(recipients(&store).await, ["eve@example.com"]);
    let none = store.repositories().accounts().purge_never_activated(NOW, NOW, 2).await.unwrap();
    assert_eq!(none, PurgedAccounts::default());
}
