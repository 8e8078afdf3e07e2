//! What was stored before names were compared in NFC is compared in NFC after the change.

mod given;
mod update;

use sea_orm::ConnectionTrait;
use vestibule_domain::accounts::{AccountId, EmailAddress, MobileNumber};
use vestibule_domain::catalogue::{CountryCode, NameKind};
use vestibule_domain::store::Constraint;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use self::given::{FORMS, account, before, by_name, contact, directory, renamed, run, store, up};
use crate::catalogue::given::{name, resolve};
use crate::contacts::given::{facts, find};
use crate::directory::called;
use crate::given::{conflict, username};

contract!(database on [sqlite, postgres, mariadb]: [
    names_of_before_are_found_in_either_form,
    two_accounts_whose_names_become_equal_both_sign_in_and_are_named_in_the_log,
    of_two_decomposed_names_that_become_equal_the_first_has_the_form,
    names_of_the_catalogue_that_become_equal_both_stay,
    contacts_of_before_are_found_in_either_form,
    more_names_than_are_read_at_once_are_gone_through,
    addresses_that_sql_added_are_put_into_the_form_unless_another_account_has_it,
    an_account_that_could_not_get_the_form_keeps_its_name_when_its_facts_are_changed,
]);

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

async fn addresses_that_sql_added_are_put_into_the_form_unless_another_account_has_it(
    database: EmptyDatabase,
) {
    let db = before(&database).await;
    let addresses = ["zoe\u{308}@example.com", "bjo\u{308}rn@example.com", "björn@example.com"];
    for (id, address) in (1001..).zip(addresses) {
        account(&db, id, &format!("account {id}")).await;
        run(&db, &format!("UPDATE users SET email = '{address}' WHERE id = {id}")).await;
    }
    let log = up(&db).await;
    let said = log.lines().filter(|line| line.contains("users.email")).collect::<Vec<_>>();
    assert_eq!(said.len(), 1, "{log}");
    assert!(said[0].contains(" 1002 ") && said[0].contains(" 1003 ") && !log.contains('@'), "{log}");
    let store = store(&database).await;
    for (id, form) in [(1001, "zoë"), (1001, "zoe\u{308}"), (1003, "björn"), (1003, "bjo\u{308}rn")] {
        let address = EmailAddress::parse(&format!("{form}@example.com")).unwrap();
        let found = store.repositories().accounts().by_email(&address).await.unwrap();
        assert_eq!(found.map(|account| account.id), Some(AccountId(id)), "{form:?}");
    }
}

async fn an_account_that_could_not_get_the_form_keeps_its_name_when_its_facts_are_changed(
    database: EmptyDatabase,
) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Björn").await;
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    let edited = store.repositories().accounts().edit(AccountId(1001), &renamed("Bjo\u{308}rn")).await;
    assert!(edited.unwrap());
    assert_eq!(by_name(&store, "Bjo\u{308}rn").await, Some(AccountId(1001)));
    let stored = store.repositories().accounts().by_id(AccountId(1001)).await.unwrap().unwrap();
    assert_eq!(stored.details.mobile, MobileNumber::parse("01700000001").ok());
}
