//! The contract of `AccountRepository` about several accounts at once, and about what identifies one.

use vestibule_domain::accounts::{AccountDetails, AccountEdit, AccountId, AccountUuid, MobileNumber, Role};
use vestibule_domain::store::Constraint;
use vestibule_tests::contract;

use crate::directory::called;
use crate::given::{MOMENT, NOBODY, NOW, Stored, account, add, add_account, conflict, email, read, username};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    accounts_are_locked_in_order_each_once_and_unknown_ids_are_passed_over,
    opaque_ids_are_looked_up_and_unknown_ones_passed_over,
    names_are_taken_whatever_their_letter_case,
    an_edit_changes_what_it_names_and_nothing_else,
    an_edit_by_the_operator_is_that_of_no_account,
    an_edit_to_what_another_account_has_conflicts,
    an_edit_to_own_values_conflicts_with_nobody,
    an_edit_gives_a_mobile_number_and_takes_an_address_away,
    an_edit_to_the_mobile_number_of_another_account_conflicts,
    an_edit_of_no_account_changes_nothing,
    only_active_administrators_that_are_not_in_the_trash_count,
]);

async fn accounts_are_locked_in_order_each_once_and_unknown_ids_are_passed_over(store: Stored) {
    let first = add_account(&store, "a@example.com").await;
    let second = add_account(&store, "b@example.com").await;
    let mut unit = store.begin().await.unwrap();
    let locked = unit.accounts().lock_all(&[second, NOBODY, first, second]).await.unwrap();
    assert_eq!(locked.iter().map(|account| account.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!(locked[0].details, account("a@example.com"));
    assert!(unit.accounts().lock_all(&[]).await.unwrap().is_empty());
}

async fn opaque_ids_are_looked_up_and_unknown_ones_passed_over(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    let uuid = called("ada").uuid;
    let mut repositories = store.repositories();
    let found = repositories.accounts().ids_of(&[AccountUuid::NOBODY, uuid, uuid]).await.unwrap();
    assert_eq!(found, [(uuid, ada)]);
    assert!(repositories.accounts().ids_of(&[]).await.unwrap().is_empty());
}

async fn names_are_taken_whatever_their_letter_case(store: Stored) {
    add(&store, &called("Ada")).await;
    let names = ["eva", "aDA", "adam", "grace"].map(username);
    let taken = store.repositories().accounts().taken_names(&names).await.unwrap();
    assert_eq!(taken, [username("aDA")]);
}

fn edit(by: AccountId) -> AccountEdit {
    AccountEdit {
        email: None,
        clears_email: false,
        username: None,
        mobile: None,
        updated_by: Some(by),
        updated_at: NOW + MOMENT,
    }
}

async fn an_edit_changes_what_it_names_and_nothing_else(store: Stored) {
    let before = AccountDetails { email: Some(email("ada@example.com")), ..called("ada") };
    let ada = add(&store, &before).await;
    let change = AccountEdit { email: Some(email("countess@example.com")), ..edit(ada) };
    assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
    let expected = AccountDetails {
        email: Some(email("countess@example.com")),
        updated_by: Some(ada),
        updated_at: NOW + MOMENT,
        ..before
    };
    assert_eq!(read(&store, ada).await.details, expected);
    let change = AccountEdit { username: Some(username("Countess")), ..edit(ada) };
    assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
    let expected = AccountDetails { username: Some(username("Countess")), ..expected };
    assert_eq!(read(&store, ada).await.details, expected);
}

async fn an_edit_by_the_operator_is_that_of_no_account(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    for (by, name) in [(Some(ada), "eva"), (None, "grace")] {
        let change = AccountEdit { username: Some(username(name)), updated_by: by, ..edit(ada) };
        assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
        assert_eq!(read(&store, ada).await.details.updated_by, by);
    }
}

fn mobile(number: &str) -> MobileNumber {
    MobileNumber::parse(number).unwrap()
}

async fn an_edit_gives_a_mobile_number_and_takes_an_address_away(store: Stored) {
    let before = AccountDetails { email: Some(email("ada@example.com")), ..called("ada") };
    let ada = add(&store, &before).await;
    let change = AccountEdit { mobile: Some(mobile("01700000001")), clears_email: true, ..edit(ada) };
    assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
    let expected = AccountDetails {
        email: None,
        mobile: Some(mobile("01700000001")),
        updated_by: Some(ada),
        updated_at: NOW + MOMENT,
        ..before
    };
    assert_eq!(read(&store, ada).await.details, expected);
    assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
}

async fn an_edit_to_the_mobile_number_of_another_account_conflicts(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    add(&store, &AccountDetails { mobile: Some(mobile("01700000001")), ..called("eva") }).await;
    let change = AccountEdit { mobile: Some(mobile("01700000001")), ..edit(ada) };
    let refused = store.repositories().accounts().edit(ada, &change).await;
    assert_eq!(conflict(refused), Constraint::UsersMobile);
    assert_eq!(read(&store, ada).await.details, called("ada"));
}

async fn an_edit_to_what_another_account_has_conflicts(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    add(&store, &AccountDetails { email: Some(email("eva@example.com")), ..called("eva") }).await;
    let address = AccountEdit { email: Some(email("eva@example.com")), ..edit(ada) };
    let name = AccountEdit { username: Some(username("EVA")), ..edit(ada) };
    for (change, constraint) in [(address, Constraint::UsersEmail), (name, Constraint::UsersUsername)] {
        let answer = store.repositories().accounts().edit(ada, &change).await;
        assert_eq!(conflict(answer), constraint);
    }
    assert_eq!(read(&store, ada).await.details, called("ada"));
}

async fn an_edit_to_own_values_conflicts_with_nobody(store: Stored) {
    let ada = add(&store, &AccountDetails { email: Some(email("ada@example.com")), ..called("ada") }).await;
    let change =
        AccountEdit { email: Some(email("ada@example.com")), username: Some(username("ada")), ..edit(ada) };
    assert!(store.repositories().accounts().edit(ada, &change).await.unwrap());
}

async fn an_edit_of_no_account_changes_nothing(store: Stored) {
    let ada = add(&store, &called("ada")).await;
    let change = AccountEdit { username: Some(username("eva")), ..edit(ada) };
    assert!(!store.repositories().accounts().edit(NOBODY, &change).await.unwrap());
}

async fn only_active_administrators_that_are_not_in_the_trash_count(store: Stored) {
    let admin = |name: &str| AccountDetails { role: Role::Admin, ..called(name) };
    let first = add(&store, &admin("first")).await;
    add(&store, &AccountDetails { is_active: false, ..admin("locked out") }).await;
    add(&store, &AccountDetails { deleted_at: Some(NOW), ..admin("in the trash") }).await;
    add(&store, &AccountDetails { role: Role::Moderator, ..called("moderator") }).await;
    let others = async |than: &[AccountId]| {
        let mut unit = store.begin().await.unwrap();
        unit.accounts().has_other_admin(than).await.unwrap()
    };
    assert!(others(&[]).await);
    assert!(!others(&[first]).await);
    let second = add(&store, &admin("second")).await;
    assert!(others(&[first]).await);
    assert!(!others(&[second, first]).await);
}
