//! Birthdays in the days to come.

use time::macros::date;
use time::{Date, Duration};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::contacts::{BirthdayWindow, ContactFacts, ContactId};
use vestibule_tests::contract;

use super::given::{facts, insert, owner};
use crate::given::Stored;

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    the_next_birthday_comes_first_and_of_one_day_the_least_id,
    the_window_goes_on_after_new_year,
    the_29th_of_february_is_the_28th_in_other_years,
    who_has_no_birthday_is_not_found,
    a_changed_birthday_counts,
    every_window_is_that_of_the_domain,
]);

async fn born(store: &Stored, owner: AccountId, birthday: Date) -> ContactId {
    insert(store, owner, ContactFacts { birthday: Some(birthday), ..facts("Bob") }).await
}

async fn birthdays(store: &Stored, owner: AccountId, today: Date, days: u16) -> Vec<ContactId> {
    let window = BirthdayWindow::new(today, days);
    let found = store.repositories().contacts().birthdays(owner, &window).await.unwrap();
    found.into_iter().map(|contact| contact.id).collect()
}

async fn the_next_birthday_comes_first_and_of_one_day_the_least_id(store: Stored) {
    let owner = owner(&store).await;
    let third = born(&store, owner, date!(2001 - 06 - 10)).await;
    let second = born(&store, owner, date!(1950 - 06 - 09)).await;
    let also_third = born(&store, owner, date!(1910 - 06 - 10)).await;
    let first = born(&store, owner, date!(1999 - 06 - 03)).await;
    born(&store, owner, date!(1999 - 06 - 11)).await;
    born(&store, owner, date!(1999 - 06 - 02)).await;
    let found = birthdays(&store, owner, date!(2026 - 06 - 03), 7).await;
    assert_eq!(found, [first, second, third, also_third]);
    assert_eq!(birthdays(&store, owner, date!(2026 - 06 - 09), 0).await, [second]);
}

async fn the_window_goes_on_after_new_year(store: Stored) {
    let owner = owner(&store).await;
    let january = born(&store, owner, date!(1990 - 01 - 04)).await;
    let december = born(&store, owner, date!(1990 - 12 - 31)).await;
    born(&store, owner, date!(1990 - 01 - 05)).await;
    born(&store, owner, date!(1990 - 12 - 27)).await;
    assert_eq!(birthdays(&store, owner, date!(2026 - 12 - 28), 7).await, [december, january]);
}

async fn the_29th_of_february_is_the_28th_in_other_years(store: Stored) {
    let owner = owner(&store).await;
    let leapling = born(&store, owner, date!(1988 - 02 - 29)).await;
    let other = born(&store, owner, date!(1990 - 02 - 28)).await;
    let march = born(&store, owner, date!(1990 - 03 - 01)).await;
    assert_eq!(birthdays(&store, owner, date!(2027 - 02 - 28), 0).await, [leapling, other]);
    assert_eq!(birthdays(&store, owner, date!(2027 - 02 - 20), 8).await, [leapling, other]);
    assert_eq!(birthdays(&store, owner, date!(2027 - 03 - 01), 7).await, [march]);
    assert_eq!(birthdays(&store, owner, date!(2028 - 02 - 28), 0).await, [other]);
    assert_eq!(birthdays(&store, owner, date!(2028 - 02 - 28), 2).await, [other, leapling, march]);
    assert_eq!(birthdays(&store, owner, date!(2028 - 02 - 29), 366).await, [leapling, march, other]);
}

async fn who_has_no_birthday_is_not_found(store: Stored) {
    let owner = owner(&store).await;
    insert(&store, owner, ContactFacts { birthday: None, ..facts("Bob") }).await;
    assert_eq!(birthdays(&store, owner, date!(2026 - 01 - 01), 366).await, []);
}

async fn a_changed_birthday_counts(store: Stored) {
    let owner = owner(&store).await;
    let id = born(&store, owner, date!(1990 - 06 - 03)).await;
    let changed = ContactFacts { birthday: Some(date!(1990 - 07 - 03)), ..facts("Bob") };
    store.repositories().contacts().change(owner, id, &changed).await.unwrap();
    assert_eq!(birthdays(&store, owner, date!(2026 - 06 - 03), 7).await, []);
    assert_eq!(birthdays(&store, owner, date!(2026 - 07 - 03), 7).await, [id]);
}

async fn every_window_is_that_of_the_domain(store: Stored) {
    let owner = owner(&store).await;
    let mut people = Vec::new();
    for day in (0..366).step_by(5).chain([58, 59, 60, 364, 365]) {
        let birthday = date!(1988 - 01 - 01) + Duration::days(day);
        people.push((born(&store, owner, birthday).await, birthday));
    }
    for today in (0..1100).step_by(61) {
        let today = date!(2026 - 02 - 25) + Duration::days(today);
        for days in [0, 3, 30, 200, 364, 366] {
            let window = BirthdayWindow::new(today, days);
            let mut expected: Vec<_> = people.iter().filter(|(_, born)| window.contains(*born)).collect();
            expected.sort_by_key(|(id, born)| (window.next(*born), *id));
            let expected: Vec<_> = expected.into_iter().map(|(id, _)| *id).collect();
            assert_eq!(birthdays(&store, owner, today, days).await, expected, "{today} + {days}");
        }
    }
}
