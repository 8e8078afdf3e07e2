//! The contract of `AccountRepository`: what is added and found.

use time::Duration;
use vestibule_domain::accounts::{Account, AccountDetails, AccountUuid, MobileNumber, PasswordHash, Role};
use vestibule_domain::store::{Constraint, StoreError};
use vestibule_tests::{at_once, contract};

use crate::given::{
    MOMENT, NOBODY, NOW, Stored, account, add, add_account, conflict, email, id, nameless, read,
    rich_account, username,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_account_with_all_there_is_reads_back_unchanged,
    an_account_with_little_more_than_an_id_reads_back_unchanged,
    an_account_is_found_by_its_address,
    an_unknown_id_finds_nobody,
    an_account_is_locked_as_it_is,
    a_locked_account_is_not_changed_by_others,
    an_unknown_address_finds_nobody,
    an_account_in_the_trash_is_found_by_its_address,
    every_role_is_kept,
    times_are_kept_to_the_microsecond,
    the_editor_of_an_account_is_kept,
    an_account_edited_by_nobody_is_refused,
    a_second_account_with_the_same_email_is_refused,
    an_account_in_the_trash_keeps_its_email,
    a_second_account_with_the_same_username_is_refused,
    a_second_account_with_the_same_username_in_another_letter_case_is_refused,
    a_second_account_with_the_same_cyrillic_username_in_another_letter_case_is_refused,
    usernames_that_differ_in_an_accent_are_two,
    a_second_account_with_the_same_mobile_is_refused,
    a_second_account_with_the_same_uuid_is_refused,
    accounts_without_email_username_and_mobile_do_not_collide,
    a_refused_account_is_not_added,
    of_many_insertions_of_one_address_at_once_one_succeeds,
]);

async fn an_account_with_all_there_is_reads_back_unchanged(store: Stored) {
    let details = rich_account("ada@example.com");
    let id = add(&store, &details).await;
    assert_eq!(read(&store, id).await, Account { id, details });
}

async fn an_account_with_little_more_than_an_id_reads_back_unchanged(store: Stored) {
    let details = nameless("nobody in particular");
    let id = add(&store, &details).await;
    assert_eq!(read(&store, id).await, Account { id, details });
}

async fn an_account_is_found_by_its_address(store: Stored) {
    add_account(&store, "bob@example.com").await;
    let id = add_account(&store, "ada@example.com").await;
    let found = store.repositories().accounts().by_email(&email("ada@example.com")).await.unwrap();
    assert_eq!(found, Some(read(&store, id).await));
}

async fn an_unknown_id_finds_nobody(store: Stored) {
    add_account(&store, "ada@example.com").await;
    assert_eq!(store.repositories().accounts().by_id(NOBODY).await.unwrap(), None);
}

async fn an_account_is_locked_as_it_is(store: Stored) {
    let id = add_account(&store, "ada@example.com").await;
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.accounts().lock(id).await.unwrap(), unit.accounts().by_id(id).await.unwrap());
    assert_eq!(unit.accounts().lock(NOBODY).await.unwrap(), None);
}

async fn a_locked_account_is_not_changed_by_others(store: Stored) {
    let id = add_account(&store, "ada@example.com").await;
    // Twenty units each read a number under the lock and write one more.
    at_once(20, |_| {
        let store = store.clone();
        async move {
            let mut unit = store.begin().await.unwrap();
            let locked = unit.accounts().lock(id).await.unwrap().unwrap();
            let length = locked.details.hashed_password.as_str().len();
            let longer = PasswordHash::new("x".repeat(length + 1));
            unit.accounts().set_password(id, &longer, NOW).await.unwrap();
            unit.commit().await.unwrap();
        }
    })
    .await;
    let before = account("ada@example.com").hashed_password.as_str().len();
    assert_eq!(read(&store, id).await.details.hashed_password.as_str().len(), before + 20);
}

async fn an_unknown_address_finds_nobody(store: Stored) {
    add_account(&store, "ada@example.com").await;
    let found = store.repositories().accounts().by_email(&email("ada@example.co")).await.unwrap();
    assert_eq!(found, None);
}

async fn an_account_in_the_trash_is_found_by_its_address(store: Stored) {
    let id = add(&store, &AccountDetails { deleted_at: Some(NOW), ..account("ada@example.com") }).await;
    let found = store.repositories().accounts().by_email(&email("ada@example.com")).await.unwrap();
    assert_eq!(found.map(|account| account.id), Some(id));
}

async fn every_role_is_kept(store: Stored) {
    for role in Role::ALL {
        let id = add(&store, &AccountDetails { role, ..nameless(role.as_str()) }).await;
        assert_eq!(read(&store, id).await.details.role, role);
    }
}

async fn times_are_kept_to_the_microsecond(store: Stored) {
    for time in [NOW.truncate_to_second(), NOW.truncate_to_second() - MOMENT, NOW - Duration::days(30_000)] {
        let details = AccountDetails { deleted_at: Some(time), ..nameless(&time.to_string()) };
        let id = add(&store, &details).await;
        assert_eq!(read(&store, id).await.details.deleted_at, Some(time));
    }
}

async fn the_editor_of_an_account_is_kept(store: Stored) {
    let admin = add_account(&store, "admin@example.com").await;
    let id = add(&store, &AccountDetails { updated_by: Some(admin), ..account("ada@example.com") }).await;
    assert_eq!(read(&store, id).await.details.updated_by, Some(admin));
}

async fn an_account_edited_by_nobody_is_refused(store: Stored) {
    let details = AccountDetails { updated_by: Some(NOBODY), ..account("ada@example.com") };
    assert_eq!(conflict(store.repositories().accounts().insert(&details).await), Constraint::ForeignKey);
}

/// Adds one account and then another.
async fn add_both(store: &Stored, one: &AccountDetails, other: &AccountDetails) -> Constraint {
    add(store, one).await;
    conflict(store.repositories().accounts().insert(other).await)
}

async fn a_second_account_with_the_same_email_is_refused(store: Stored) {
    let one = account("ada@example.com");
    let other = AccountDetails { email: Some(email("ada@example.com")), ..nameless("other") };
    assert_eq!(add_both(&store, &one, &other).await, Constraint::UsersEmail);
}

async fn an_account_in_the_trash_keeps_its_email(store: Stored) {
    let one = AccountDetails { deleted_at: Some(NOW), ..account("ada@example.com") };
    let other = AccountDetails { email: Some(email("ada@example.com")), ..nameless("other") };
    assert_eq!(add_both(&store, &one, &other).await, Constraint::UsersEmail);
}

fn named(name: &str) -> AccountDetails {
    AccountDetails { username: Some(username(name)), ..nameless(&format!("named {name}")) }
}

async fn a_second_account_with_the_same_username_is_refused(store: Stored) {
    let other = AccountDetails { uuid: AccountUuid(id("other")), ..named("Ada") };
    assert_eq!(add_both(&store, &named("Ada"), &other).await, Constraint::UsersUsername);
}

async fn a_second_account_with_the_same_username_in_another_letter_case_is_refused(store: Stored) {
    assert_eq!(add_both(&store, &named("Ada"), &named("aDA")).await, Constraint::UsersUsername);
}

async fn a_second_account_with_the_same_cyrillic_username_in_another_letter_case_is_refused(store: Stored) {
    assert_eq!(add_both(&store, &named("Олена"), &named("ОЛЕНА")).await, Constraint::UsersUsername);
}

async fn usernames_that_differ_in_an_accent_are_two(store: Stored) {
    add(&store, &named("jose")).await;
    let id = add(&store, &named("josé")).await;
    assert_eq!(read(&store, id).await.details.username, Some(username("josé")));
}

async fn a_second_account_with_the_same_mobile_is_refused(store: Stored) {
    let with = |seed| AccountDetails { mobile: MobileNumber::parse("+336123456").ok(), ..nameless(seed) };
    assert_eq!(add_both(&store, &with("one"), &with("other")).await, Constraint::UsersMobile);
}

async fn a_second_account_with_the_same_uuid_is_refused(store: Stored) {
    let one = account("ada@example.com");
    let other = AccountDetails { uuid: one.uuid, ..account("bob@example.com") };
    assert_eq!(add_both(&store, &one, &other).await, Constraint::UsersUuid);
}

async fn accounts_without_email_username_and_mobile_do_not_collide(store: Stored) {
    let one = add(&store, &nameless("one")).await;
    let other = add(&store, &nameless("other")).await;
    assert_ne!(one, other);
}

async fn a_refused_account_is_not_added(store: Stored) {
    let taken = AccountDetails { username: Some(username("Ada")), ..account("bob@example.com") };
    add_both(&store, &named("Ada"), &taken).await;
    let found = store.repositories().accounts().by_email(&email("bob@example.com")).await.unwrap();
    assert_eq!(found, None);
}

async fn of_many_insertions_of_one_address_at_once_one_succeeds(store: Stored) {
    let answers = at_once(16, |number| {
        let mut repositories = store.repositories();
        let details =
            AccountDetails { uuid: AccountUuid(id(&number.to_string())), ..account("a@example.com") };
        async move { repositories.accounts().insert(&details).await }
    })
    .await;
    let (added, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(added.len(), 1);
    let taken = StoreError::Conflict { constraint: Constraint::UsersEmail }.to_string();
    assert!(refused.iter().all(|answer| answer.as_ref().is_err_and(|error| error.to_string() == taken)));
}
