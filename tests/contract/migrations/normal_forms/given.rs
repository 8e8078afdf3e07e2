//! Rows as the release before wrote them.

use std::sync::Arc;

use migration::{DatabaseConnection, DbBackend, Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use vestibule_domain::accounts::{AccountEdit, AccountId, MobileNumber, NamePart};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_infrastructure::db::{DatabaseOptions, SeaStore};
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::logged;

use crate::given::{NOW, Stored, username};

pub(super) const CHANGE: &str = "m20261128_036_normal_forms";

/// A database as the release before left it.
pub(super) async fn before(database: &EmptyDatabase) -> DatabaseConnection {
    let db = database.connect().await;
    let history = Migrator::migrations();
    let change = history.iter().position(|step| step.name() == CHANGE).unwrap();
    migration::up_by(&db, u32::try_from(change).unwrap()).await.unwrap();
    db
}

pub(super) async fn store(database: &EmptyDatabase) -> Stored {
    let options = DatabaseOptions { max_connections: 4, ..DatabaseOptions::new(database.url()) };
    Arc::new(SeaStore::connect(&options).await.unwrap())
}

pub(super) async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The folding of the release before, which is that of now without the normal form.
pub(super) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Every three characters in a row.
pub(super) fn trigrams(text: &str) -> Vec<i64> {
    let letters: Vec<i64> = text.chars().map(|letter| u32::from(letter).into()).collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or_default();
    let mut all: Vec<_> =
        (0..letters.len()).map(|place| at(place) << 42 | at(place + 1) << 21 | at(place + 2)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// An account as the release before stored it.
pub(super) async fn account(db: &DatabaseConnection, id: i64, name: &str) {
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
pub(super) async fn contact(db: &DatabaseConnection, id: i64, name: &str) {
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

pub(super) async fn by_name(store: &Stored, name: &str) -> Option<AccountId> {
    let found = store.repositories().accounts().by_username(&username(name)).await.unwrap();
    found.map(|account| account.id)
}

pub(super) async fn directory(store: &Stored, part: &str) -> Vec<i64> {
    let all = PageRequest::numbered(1, PageLimit::new(100));
    let page = store.repositories().directory().page(NamePart::new(part).as_ref(), all).await.unwrap();
    page.accounts.into_iter().map(|account| account.id.0).collect()
}

pub(super) const FORMS: [&str; 4] = ["Björn", "Bjo\u{308}rn", "BJÖRN", "BJO\u{308}RN"];

/// Applies the change, and answers what it logs.
pub(super) async fn up(db: &DatabaseConnection) -> String {
    let form = |lines| tracing_subscriber::fmt().with_ansi(false).with_writer(lines).finish().into();
    logged(form, async { migration::up(db).await.unwrap() }).await
}

/// Of an account its name, which may be the one that it has, and a mobile number.
pub(super) fn renamed(name: &str) -> AccountEdit {
    AccountEdit {
        email: None,
        clears_email: false,
        username: Some(username(name)),
        mobile: Some(MobileNumber::parse("01700000001").unwrap()),
        updated_by: None,
        updated_at: NOW,
    }
}
