//! What was stored before names were compared in NFC is compared in NFC after the change.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use migration::{DatabaseConnection, DbBackend, Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use tracing_subscriber::fmt::MakeWriter;
use vestibule_domain::accounts::{AccountId, NamePart};
use vestibule_domain::catalogue::{CountryCode, NameKind};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::store::Constraint;
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use crate::catalogue::given::{name, resolve};
use crate::contacts::given::{facts, find};
use crate::directory::called;
use crate::given::{Stored, conflict, username};

contract!(database on [sqlite, postgres, mariadb]: [
    names_of_before_are_found_in_either_form,
    two_accounts_whose_names_become_equal_both_sign_in_and_are_named_in_the_log,
    of_two_decomposed_names_that_become_equal_the_first_has_the_form,
    names_of_the_catalogue_that_become_equal_both_stay,
    contacts_of_before_are_found_in_either_form,
    more_names_than_are_read_at_once_are_gone_through,
    a_change_that_was_cut_off_is_applied_again,
    taken_back_and_applied_again_it_answers_the_same,
]);

const CHANGE: &str = "m20261128_036_normal_forms";

/// A database as the release before left it.
async fn before(database: &EmptyDatabase) -> DatabaseConnection {
    let db = database.connect().await;
    let history = Migrator::migrations();
    let change = history.iter().position(|step| step.name() == CHANGE).unwrap();
    migration::up_by(&db, u32::try_from(change).unwrap()).await.unwrap();
    db
}

async fn store(database: &EmptyDatabase) -> Stored {
    let options = DatabaseOptions { max_connections: 4, ..DatabaseOptions::new(database.url()) };
    Arc::new(SeaStore::connect(&options).await.unwrap())
}

async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The folding of the release before, which is that of now without the normal form.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Every three characters in a row.
fn trigrams(text: &str) -> Vec<i64> {
    let letters: Vec<i64> = text.chars().map(|letter| u32::from(letter).into()).collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or_default();
    let mut all: Vec<_> =
        (0..letters.len()).map(|place| at(place) << 42 | at(place + 1) << 21 | at(place + 2)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// An account as the release before stored it.
async fn account(db: &DatabaseConnection, id: i64, name: &str) {
    let uuid = match db.get_database_backend() {
        DbBackend::Postgres => format!("'00000000-0000-4000-8000-{id:012}'"),
        _ => format!("x'000000000000400080000000{id:08}'"),
    };
    run(db, &format!(
        "INSERT INTO users (id, uuid, username, username_folded, hashed_password, group_id, is_active, created_at, updated_at) \
         VALUES ({id}, {uuid}, '{name}', '{}', '!', 1, TRUE, {at}, {at})",
        name.to_lowercase(),
        at = match db.get_database_backend() {
            DbBackend::Postgres => "'2026-01-02 03:04:05+00'",
            _ => "'2026-01-02 03:04:05'",
        },
    ))
    .await;
    let at = 1_767_323_045_000_000_i64;
    let name = folded(name);
    run(
        db,
        &format!("INSERT INTO account_names (created_at_us, user_id, name) VALUES ({at}, {id}, '{name}')"),
    )
    .await;
    for trigram in trigrams(&name) {
        run(db, &format!("INSERT INTO account_trigrams (trigram, created_at_us, user_id) VALUES ({trigram}, {at}, {id})"))
            .await;
    }
}

/// A contact of the account 1001 as the release before stored it.
async fn contact(db: &DatabaseConnection, id: i64, name: &str) {
    let folded = folded(name);
    run(
        db,
        &format!(
            "INSERT INTO contacts (id, fullname, fullname_folded, email, email_folded, user_id) \
         VALUES ({id}, '{name}', '{folded}', '{name}@example.com', '{folded}@example.com', 1001)"
        ),
    )
    .await;
    for (text, sign) in [(folded.clone(), 0), (format!("{folded}@example.com"), i64::MIN)] {
        for trigram in trigrams(&text) {
            run(db, &format!(
                "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) VALUES (1001, {}, {id}, 255)",
                trigram | sign
            ))
            .await;
        }
    }
}

async fn by_name(store: &Stored, name: &str) -> Option<AccountId> {
    let found = store.repositories().accounts().by_username(&username(name)).await.unwrap();
    found.map(|account| account.id)
}

async fn directory(store: &Stored, part: &str) -> Vec<i64> {
    let all = PageRequest::numbered(1, PageLimit::new(100));
    let page = store.repositories().directory().page(NamePart::new(part).as_ref(), all).await.unwrap();
    page.accounts.into_iter().map(|account| account.id.0).collect()
}

const FORMS: [&str; 4] = ["Björn", "Bjo\u{308}rn", "BJÖRN", "BJO\u{308}RN"];

async fn names_of_before_are_found_in_either_form(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Zoë").await;
    account(&db, 1003, "Ada").await;
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    for form in FORMS {
        assert_eq!(by_name(&store, form).await, Some(AccountId(1001)), "{form:?}");
        assert_eq!(directory(&store, form).await, [1001], "{form:?}");
        let refused = store.repositories().accounts().insert(&called(form)).await;
        assert_eq!(conflict(refused), Constraint::UsersUsername, "{form:?}");
    }
    assert_eq!(directory(&store, "bjo").await, [] as [i64; 0]);
    assert_eq!(by_name(&store, "zoe\u{308}").await, Some(AccountId(1002)));
    let stored = store.repositories().accounts().by_id(AccountId(1001)).await.unwrap().unwrap();
    assert_eq!(stored.details.username, Some(username("Bjo\u{308}rn")));
}

/// What is logged on this thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for &Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = &'w Lines;

    fn make_writer(&'w self) -> Self::Writer {
        self
    }
}

/// Applies the change, and answers what it logs.
async fn up(db: &DatabaseConnection) -> String {
    let lines = Lines::default();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(lines.clone()).finish();
    let guard = tracing::subscriber::set_default(log);
    migration::up(db).await.unwrap();
    drop(guard);
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

async fn two_accounts_whose_names_become_equal_both_sign_in_and_are_named_in_the_log(
    database: EmptyDatabase,
) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Björn").await;
    account(&db, 1003, "Ada").await;
    let log = up(&db).await;
    let said = log.lines().filter(|line| line.contains("users.username")).collect::<Vec<_>>();
    assert_eq!(said.len(), 1, "{log}");
    assert!(said[0].contains("WARN") && said[0].contains(" 1001 ") && said[0].contains(" 1002 "), "{log}");
    let store = store(&database).await;
    let found = [by_name(&store, "Bjo\u{308}rn").await, by_name(&store, "Björn").await];
    assert_eq!(found, [Some(AccountId(1001)), Some(AccountId(1002))]);
    let found = [by_name(&store, "BJO\u{308}RN").await, by_name(&store, "BJÖRN").await];
    assert_eq!(found, [Some(AccountId(1001)), Some(AccountId(1002))]);
    // The list has both, however the name is typed.
    for form in FORMS {
        assert_eq!(directory(&store, form).await, [1001, 1002], "{form:?}");
        let refused = store.repositories().accounts().insert(&called(form)).await;
        assert_eq!(conflict(refused), Constraint::UsersUsername, "{form:?}");
    }
}

async fn of_two_decomposed_names_that_become_equal_the_first_has_the_form(database: EmptyDatabase) {
    let db = before(&database).await;
    // The marks in either order.
    account(&db, 1001, "Vie\u{302}\u{323}t").await;
    account(&db, 1002, "Vie\u{323}\u{302}t").await;
    up(&db).await;
    let store = store(&database).await;
    for (form, expected) in [("Việt", 1), ("Vie\u{302}\u{323}t", 1), ("Vie\u{323}\u{302}t", 2)] {
        assert_eq!(by_name(&store, form).await, Some(AccountId(1000 + expected)), "{form:?}");
    }
}

async fn names_of_the_catalogue_that_become_equal_both_stay(database: EmptyDatabase) {
    let db = before(&database).await;
    for table in ["genres", "actors", "languages"] {
        let (one, other, alone) = ("Béla", "Be\u{301}la", "Zoe\u{308}");
        for (id, text) in [(1, other), (2, one), (3, alone)] {
            let folded = text.to_lowercase();
            run(
                &db,
                &format!("INSERT INTO {table} (id, name, name_folded) VALUES ({id}, '{text}', '{folded}')"),
            )
            .await;
        }
    }
    run(&db, "INSERT INTO countries (id, code) VALUES (1, 'A\u{30a}'), (2, 'U')").await;
    let log = up(&db).await;
    assert_eq!(log.lines().filter(|line| line.contains("WARN")).count(), 3, "{log}");
    let store = store(&database).await;
    // PostgreSQL's own counters know nothing of ids that were given.
    for kind in NameKind::ALL {
        let found = resolve(&store, kind, &["Be\u{301}la", "BÉLA", "Zoë", "zoe\u{308}"].map(name)).await;
        assert_eq!(found, [2, 2, 3, 3]);
    }
    let codes = ["Å", "a\u{30a}", "u"].map(|code| (CountryCode::parse(code).unwrap(), None));
    let found = store.repositories().catalogue().resolve_countries(&codes).await.unwrap();
    assert_eq!(found, [1, 1, 2]);
}

async fn contacts_of_before_are_found_in_either_form(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Ada").await;
    contact(&db, 1, "BJÖRN").await;
    contact(&db, 2, "Bjo\u{308}rn").await;
    contact(&db, 3, "Zoe\u{308}").await;
    contact(&db, 4, "Ada").await;
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    let found = async |part: &str| find(&store, AccountId(1001), part).await.map(|contact| contact.0);
    for (part, expected) in [
        ("Björn", Some(2)),
        ("Bjo\u{308}rn", Some(2)),
        ("BJO\u{308}RN", Some(1)),
        ("Zoë", Some(3)),
        ("zoe\u{308}@", Some(3)),
        ("Zoe", None),
        ("bjo", None),
        ("ada@", Some(4)),
        ("ë", Some(3)),
    ] {
        assert_eq!(found(part).await, expected, "{part:?}");
    }
    let id = vestibule_domain::contacts::ContactId(2);
    assert!(store.repositories().contacts().change(AccountId(1001), id, &facts("Eve")).await.unwrap());
    assert_eq!((found("Bjo\u{308}rn").await, found("eve").await), (Some(1), Some(2)));
    let id = vestibule_domain::contacts::ContactId(3);
    assert!(store.repositories().contacts().remove(AccountId(1001), id).await.unwrap());
    // Nothing is left behind of it.
    let left = db.execute_unprepared("DELETE FROM contact_trigrams WHERE contact_id = 3").await.unwrap();
    assert_eq!(left.rows_affected(), 0);
}

async fn more_names_than_are_read_at_once_are_gone_through(database: EmptyDatabase) {
    let db = before(&database).await;
    for chunk in (1..=6_000).collect::<Vec<i64>>().chunks(500) {
        let rows: Vec<_> = chunk.iter().map(|id| format!("('Zoe\u{308} {id}', 'zoe\u{308} {id}')")).collect();
        run(&db, &format!("INSERT INTO actors (name, name_folded) VALUES {}", rows.join(", "))).await;
    }
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    let names: Vec<_> = (1..=6_000).map(|id| name(&format!("Zoë {id}"))).collect();
    let ids = resolve(&store, NameKind::Actor, &names).await;
    assert_eq!(ids, (1..=6_000).collect::<Vec<i64>>());
}

async fn a_change_that_was_cut_off_is_applied_again(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Zoe\u{308}").await;
    migration::up(&db).await.unwrap();
    // As MySQL leaves it, which has no transactions for changes of the schema: done, and not noted as done.
    let forget = format!("DELETE FROM seaql_migrations WHERE version >= '{CHANGE}'");
    if db.get_database_backend() == DbBackend::MySql {
        run(&db, &forget).await;
        let later = migration::pending(&db).await.unwrap();
        if later.len() == 1 {
            migration::up(&db).await.unwrap();
        }
    }
    let store = store(&database).await;
    assert_eq!(by_name(&store, "ZOË").await, Some(AccountId(1002)));
}

async fn taken_back_and_applied_again_it_answers_the_same(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    contact(&db, 2, "Bjo\u{308}rn").await;
    migration::up(&db).await.unwrap();
    let steps = migration::status(&db).await.unwrap();
    let change = steps.iter().position(|step| step.name == CHANGE).unwrap();
    migration::down_by(&db, u32::try_from(steps.len() - change).unwrap()).await.unwrap();
    let as_before = "UPDATE users SET points = 1 WHERE username_folded = 'bjo\u{308}rn'";
    assert_eq!(db.execute_unprepared(as_before).await.unwrap().rows_affected(), 1);
    let as_before = "UPDATE contacts SET phone_number = 1 WHERE fullname_folded = 'bjo\u{308}rn'";
    assert_eq!(db.execute_unprepared(as_before).await.unwrap().rows_affected(), 1);
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    for form in FORMS {
        assert_eq!(by_name(&store, form).await, Some(AccountId(1001)));
        assert_eq!(find(&store, AccountId(1001), form).await.map(|contact| contact.0), Some(2));
    }
}
