//! What records of sent messages cost: statements, and how much of a large table is read.

use std::sync::Arc;

use sea_orm::ConnectionTrait as _;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use vestibule_domain::messages::{QueuePlace, SentMessage};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::{contract, statements};

use crate::given::{NOW, Stored, add_account, enqueue, instance, lease, message, sent};
use crate::rows_read::{handled, rows_read};
use crate::sent_messages::keep;

contract!(store on [sqlite, postgres, mariadb]: [
    a_part_of_the_list_and_a_purge_take_one_statement,
    a_message_of_which_nothing_is_kept_takes_one_statement,
]);

/// What PostgreSQL tells of its plans.
mod plans {
    use super::{EmptyDatabase, contract};

    contract!(database on [postgres]: [
        a_large_table_is_read_by_its_indexes,
    ]);

    async fn a_large_table_is_read_by_its_indexes(database: EmptyDatabase) {
        super::a_large_table_is_read_by_its_indexes(database).await;
    }
}

/// What MariaDB tells of the rows that it has read.
mod handlers {
    use super::{EmptyDatabase, contract};

    contract!(database on [mariadb]: [
        a_large_table_is_read_by_its_indexes,
    ]);

    async fn a_large_table_is_read_by_its_indexes(database: EmptyDatabase) {
        super::a_large_table_is_read_by_its_indexes_too(database).await;
    }
}

/// PostgreSQL removes and adds at once.
mod at_once {
    use super::{Stored, contract};

    contract!(store on [postgres]: [
        a_message_is_moved_by_one_statement,
    ]);

    async fn a_message_is_moved_by_one_statement(store: Stored) {
        super::a_message_is_moved_by(1, store).await;
    }
}

/// The others have no such statement.
mod in_two_steps {
    use super::{Stored, contract};

    contract!(store on [sqlite, mariadb]: [
        a_message_is_moved_by_two_statements,
    ]);

    async fn a_message_is_moved_by_two_statements(store: Stored) {
        super::a_message_is_moved_by(2, store).await;
    }
}

/// How many statements it takes to settle a message, and whether its lease held.
async fn settled(store: &Stored, record: Option<&SentMessage>) -> (bool, usize) {
    let mut repositories = store.repositories();
    let complete = repositories.outbox().complete(message("message").id, lease("worker"), record);
    let (settled, sent) = statements(complete).await;
    (settled.unwrap(), sent.len())
}

async fn claimed(store: &Stored) {
    enqueue(store, &message("message")).await;
    let mut repositories = store.repositories();
    let until = NOW + Duration::MINUTE;
    repositories.outbox().claim(lease("worker"), instance("process"), NOW, until, 1).await.unwrap();
}

async fn a_message_is_moved_by(number: usize, store: Stored) {
    claimed(&store).await;
    assert_eq!(settled(&store, Some(&sent("message"))).await, (true, number));
    // Nothing is added for a lease that was lost.
    assert_eq!(settled(&store, Some(&sent("message"))).await, (false, 1));
}

async fn a_message_of_which_nothing_is_kept_takes_one_statement(store: Stored) {
    claimed(&store).await;
    assert_eq!(settled(&store, None).await, (true, 1));
}

async fn a_part_of_the_list_and_a_purge_take_one_statement(store: Stored) {
    for name in ["one", "two", "three"] {
        keep(&store, &sent(name)).await;
    }
    let mut repositories = store.repositories();
    let (part, listed) = statements(repositories.sent_messages().list(None, 2)).await;
    let part = part.unwrap();
    assert_eq!((part.items.len(), listed.len()), (2, 1));
    let (rest, listed) = statements(repositories.sent_messages().list(part.next, 2)).await;
    assert_eq!((rest.unwrap().items.len(), listed.len()), (1, 1));
    let (purged, sent) = statements(repositories.sent_messages().purge(NOW, 2)).await;
    assert_eq!((purged.unwrap(), sent.len()), (2, 1));
}

const MESSAGES: u32 = 50_000;
const PART: u64 = 25;
const BEGIN: OffsetDateTime = datetime!(2026-01-01 00:00 UTC);

async fn a_large_table_is_read_by_its_indexes(database: EmptyDatabase) {
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let fill = format!(
        "INSERT INTO sent_messages (id, kind, channel, language, recipient, attempts, created_at, sent_at)
         SELECT gen_random_uuid(), 'test', 'mail', 'en', 'person' || i || '@example.com', 1, '2026-01-01Z',
             '2026-01-01Z'::timestamptz + i * interval '1 second'
         FROM generate_series(1, {MESSAGES}) AS numbers(i)"
    );
    for statement in ["SET synchronous_commit = on", &fill, "VACUUM ANALYZE sent_messages"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    let stored: Stored = Arc::new(store.clone());
    let most = 4 * i64::try_from(PART).unwrap();
    let read = async |before: (i64, i64), what: &str| {
        let after = rows_read(&store, "sent_messages").await;
        let (entries, rows) = (after.0 - before.0, after.1 - before.1);
        assert!(entries <= most && rows <= most, "{what}: {entries} entries, {rows} rows");
        after
    };
    let mut before = rows_read(&store, "sent_messages").await;
    for middle in [None, Some(BEGIN + Duration::seconds(25_000))] {
        let after = middle.map(|at| QueuePlace { at, id: message("any").id });
        let part = stored.repositories().sent_messages().list(after, PART).await.unwrap();
        assert_eq!((part.items.len() as u64, part.next.is_some()), (PART, true));
        before = read(before, "a part of the list").await;
    }
    let until = BEGIN + Duration::seconds(30_000);
    assert_eq!(stored.repositories().sent_messages().purge(until, PART).await.unwrap(), PART);
    before = read(before, "a purge").await;
    let person = add_account(&stored, "person777@example.com").await;
    stored.repositories().trash().put(&[person], None, NOW, "gone").await.unwrap();
    stored.repositories().trash().begin_removal(person, NOW).await.unwrap();
    let removed = stored.repositories().trash().remove_some(person, 2_000).await.unwrap();
    assert_eq!((removed.rows, removed.kinds.sent_messages), (1, 1));
    before = read(before, "a removal").await;
    assert!(stored.repositories().trash().remove(person).await.unwrap().is_some());
    read(before, "the end of a removal").await;
}

async fn a_large_table_is_read_by_its_indexes_too(database: EmptyDatabase) {
    let options = DatabaseOptions { max_connections: 1, ..DatabaseOptions::new(database.url()) };
    let store = SeaStore::connect(&options).await.unwrap();
    migration::up(store.connection()).await.unwrap();
    let fill = format!(
        "INSERT INTO sent_messages (id, kind, channel, language, recipient, attempts, created_at, sent_at)
         SELECT UNHEX(MD5(seq)), 'test', 'mail', 'en', CONCAT('person', seq, '@example.com'), 1, '2026-01-01',
             '2026-01-01' + INTERVAL seq SECOND
         FROM seq_1_to_{MESSAGES}"
    );
    for statement in [&fill, "ANALYZE TABLE sent_messages"] {
        store.connection().execute_unprepared(statement).await.unwrap();
    }
    let stored: Stored = Arc::new(store.clone());
    // What it reads to tell how much it has read is among it.
    let before = handled(&store).await;
    let most = (handled(&store).await - before) + 4 * i64::try_from(PART).unwrap();
    let mut before = handled(&store).await;
    for middle in [None, Some(BEGIN + Duration::seconds(25_000))] {
        let after = middle.map(|at| QueuePlace { at, id: message("any").id });
        let part = stored.repositories().sent_messages().list(after, PART).await.unwrap();
        assert_eq!((part.items.len() as u64, part.next.is_some()), (PART, true));
        let read = handled(&store).await;
        assert!(read - before <= most, "a part of the list: {}", read - before);
        before = read;
    }
    let until = BEGIN + Duration::seconds(30_000);
    assert_eq!(stored.repositories().sent_messages().purge(until, PART).await.unwrap(), PART);
    let read = handled(&store).await;
    assert!(read - before <= most, "a purge: {}", read - before);
    let person = add_account(&stored, "person777@example.com").await;
    stored.repositories().trash().put(&[person], None, NOW, "gone").await.unwrap();
    stored.repositories().trash().begin_removal(person, NOW).await.unwrap();
    let before = handled(&store).await;
    let removed = stored.repositories().trash().remove_some(person, 2_000).await.unwrap();
    assert_eq!((removed.rows, removed.kinds.sent_messages), (1, 1));
    let read = handled(&store).await;
    assert!(read - before <= most, "a removal: {}", read - before);
}
