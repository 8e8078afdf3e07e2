//! The change while servers of the release before run, and one that was cut off.

use migration::DbBackend;
use sea_orm::ConnectionTrait;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::ContactId;
use vestibule_tests::backends::database::EmptyDatabase;
use vestibule_tests::contract;

use super::given::{
    CHANGE, FORMS, account, before, by_name, contact, directory, renamed, run, store, trigrams,
};
use crate::contacts::given::{add, facts, find, read as read_contact};
use crate::given::NOW;

contract!(database on [sqlite, postgres, mariadb]: [
    a_change_that_was_cut_off_is_applied_again,
    a_user_name_that_a_server_of_before_writes_during_an_update_is_found_in_either_form,
    contacts_that_a_server_of_before_writes_during_an_update_are_found_after_reindexing,
    what_a_server_of_before_wrote_of_a_contact_goes_with_it,
    a_change_that_was_cut_off_in_the_middle_is_gone_on_with,
    taking_back_that_was_cut_off_is_gone_on_with,
    taken_back_and_applied_again_it_answers_the_same,
]);

async fn a_change_that_was_cut_off_is_applied_again(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Zoe\u{308}").await;
    migration::up(&db).await.unwrap();
    // As MySQL leaves it, which has no transactions for changes of the schema: done, and not noted as done.
    let forget = format!("DELETE FROM seaql_migrations WHERE version >= '{CHANGE}'");
    if db.get_database_backend() == DbBackend::MySql {
        run(&db, &forget).await;
        // Those after it too, for the same reason.
        assert!(migration::pending(&db).await.unwrap().len() > 1);
        migration::up(&db).await.unwrap();
    }
    let store = store(&database).await;
    assert_eq!(by_name(&store, "ZOË").await, Some(AccountId(1002)));
}

async fn a_user_name_that_a_server_of_before_writes_during_an_update_is_found_in_either_form(
    database: EmptyDatabase,
) {
    let db = before(&database).await;
    migration::up(&db).await.unwrap();
    account(&db, 1001, "Bjo\u{308}rn").await;
    let store = store(&database).await;
    for form in FORMS {
        assert_eq!(by_name(&store, form).await, Some(AccountId(1001)), "{form:?}");
    }
    // Nothing of the old name is left behind.
    assert!(store.repositories().accounts().edit(AccountId(1001), &renamed("Zoe\u{308}")).await.unwrap());
    assert_eq!(
        (by_name(&store, "Bjo\u{308}rn").await, by_name(&store, "Zoë").await),
        (None, Some(AccountId(1001)))
    );
    assert_eq!((directory(&store, "bj").await, directory(&store, "zoë").await), (vec![], vec![1001]));
    let left = db.execute_unprepared("DELETE FROM account_trigrams WHERE user_id = 1001").await.unwrap();
    assert_eq!(left.rows_affected(), 3);
}

async fn contacts_that_a_server_of_before_writes_during_an_update_are_found_after_reindexing(
    database: EmptyDatabase,
) {
    let db = before(&database).await;
    account(&db, 1001, "Ada").await;
    contact(&db, 1, "Bjo\u{308}rn").await;
    migration::up(&db).await.unwrap();
    contact(&db, 2, "Zoe\u{308}").await;
    // It knows nothing of the column for the other form, and of three characters in it.
    run(&db, "UPDATE contacts SET fullname = 'Eve', fullname_folded = 'eve' WHERE id = 1").await;
    let store = store(&database).await;
    assert_eq!(find(&store, AccountId(1001), "björn ").await, None);
    for form in ["Björn", "Bjo\u{308}rn", "ör"] {
        // The address still is called so.
        let found = find(&store, AccountId(1001), form).await;
        let name = read_contact(&store, AccountId(1001), found.unwrap()).await.unwrap().facts.fullname;
        assert_eq!(name.as_str(), "Eve", "{form:?}");
    }
    run(&db, "UPDATE contacts SET email = NULL, email_folded = NULL WHERE id = 1").await;
    for form in ["Björn", "Bjo\u{308}rn", "ör"] {
        assert_eq!(find(&store, AccountId(1001), form).await, None, "{form:?}");
    }
    store.repositories().contact_index().begin_anew().await.unwrap();
    let rebuilt = store.repositories().contact_index().rebuild_next(100, NOW).await.unwrap();
    assert_eq!((rebuilt.contacts, rebuilt.is_whole), (2, true));
    for (form, expected) in [("Zoë", 2), ("zoe\u{308}", 2), ("ZOË@", 2), ("Eve", 1), ("eve", 1)] {
        let found = find(&store, AccountId(1001), form).await;
        assert_eq!(found.map(|contact| contact.0), Some(expected), "{form:?}");
    }
}

async fn what_a_server_of_before_wrote_of_a_contact_goes_with_it(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Ada").await;
    migration::up(&db).await.unwrap();
    let owner = AccountId(1001);
    for id in [1, 2] {
        contact(&db, id, "Bjo\u{308}rn").await;
    }
    let store = store(&database).await;
    assert!(store.repositories().contacts().remove(owner, ContactId(1)).await.unwrap());
    assert!(store.repositories().contacts().change(owner, ContactId(2), &facts("Eve")).await.unwrap());
    let left = async |id: i64| {
        let delete = format!("DELETE FROM contact_trigrams WHERE contact_id = {id}");
        db.execute_unprepared(&delete).await.unwrap().rows_affected()
    };
    assert_eq!(left(1).await, 0);
    let new = add(&store, owner, "Eve").await;
    assert_eq!(left(2).await, left(new.0).await);
}

async fn a_change_that_was_cut_off_in_the_middle_is_gone_on_with(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Bjo\u{308}rn").await;
    account(&db, 1002, "Zoe\u{308}").await;
    contact(&db, 1, "Bjo\u{308}rn").await;
    contact(&db, 2, "Zoe\u{308}").await;
    if db.get_database_backend() == DbBackend::MySql {
        // One account whose name is done and not yet its place in the list, one column, and of one contact what it is
        // found by, but not the text itself.
        run(&db, "UPDATE users SET username_folded = 'björn' WHERE id = 1001").await;
        run(&db, "ALTER TABLE contacts ADD COLUMN fullname_nfc varchar(450)").await;
        run(&db, "DELETE FROM contact_trigrams WHERE contact_id = 1").await;
        for trigram in trigrams("björn") {
            run(&db, &format!(
                "INSERT INTO contact_trigrams (user_id, trigram, contact_id, cases) VALUES (1001, {trigram}, 1, 1)"
            ))
            .await;
        }
    }
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    for (forms, id) in [(FORMS, 1001), (["Zoë", "Zoe\u{308}", "ZOË", "ZOE\u{308}"], 1002)] {
        for form in forms {
            assert_eq!(by_name(&store, form).await, Some(AccountId(id)), "{form:?}");
            assert_eq!(directory(&store, form).await, [id], "{form:?}");
            let found = find(&store, AccountId(1001), form).await;
            assert_eq!(found.map(|contact| contact.0), Some(id - 1000), "{form:?}");
        }
    }
    assert_eq!(directory(&store, "bjo").await, [] as [i64; 0]);
}

async fn taking_back_that_was_cut_off_is_gone_on_with(database: EmptyDatabase) {
    let db = before(&database).await;
    account(&db, 1001, "Ada").await;
    contact(&db, 1, "Bjo\u{308}rn").await;
    migration::up(&db).await.unwrap();
    if db.get_database_backend() == DbBackend::MySql {
        run(&db, "ALTER TABLE contacts DROP COLUMN fullname_nfc").await;
    }
    let steps = migration::status(&db).await.unwrap();
    let change = steps.iter().position(|step| step.name == CHANGE).unwrap();
    migration::down_by(&db, u32::try_from(steps.len() - change).unwrap()).await.unwrap();
    migration::up(&db).await.unwrap();
    let store = store(&database).await;
    assert_eq!(find(&store, AccountId(1001), "Björn").await.map(|contact| contact.0), Some(1));
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
