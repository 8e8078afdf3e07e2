//! The contract of `AccountRepository`: look-ups by names and lists, and accounts that are let in without their mail.

use vestibule_domain::accounts::{AccountDetails, AccountId, AccountUuid, ListedAccount, MobileNumber};
use vestibule_domain::page::{Page, PageLimit, PageRequest};
use vestibule_tests::{at_once, contract};

use crate::given::{MOMENT, NOBODY, NOW, Stored, account, add, id, nameless, read, rich_account, username};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    an_account_is_found_by_its_opaque_id,
    an_account_is_found_by_its_name_whatever_its_letter_case,
    an_account_is_found_by_its_mobile_number,
    a_list_is_read_in_parts_in_the_order_of_registration,
    the_trash_is_in_no_list,
    a_page_tells_how_many_there_are,
    a_part_of_a_name_is_found_literally_and_whatever_its_letter_case,
    an_account_is_let_in,
    nobody_is_let_in_who_does_not_wait,
    an_account_that_was_let_in_and_locked_out_does_not_wait,
    of_two_that_let_in_at_once_one_succeeds,
]);

async fn an_account_is_found_by_its_opaque_id(store: Stored) {
    let ada = add(&store, &rich_account("ada@example.com")).await;
    let mut repositories = store.repositories();
    let found = repositories.accounts().by_uuid(AccountUuid(id("ada@example.com"))).await.unwrap();
    assert_eq!(found, Some(read(&store, ada).await));
    assert_eq!(repositories.accounts().by_uuid(AccountUuid(id("nobody"))).await.unwrap(), None);
}

async fn an_account_is_found_by_its_name_whatever_its_letter_case(store: Stored) {
    let ada = add(&store, &rich_account("ada@example.com")).await;
    for name in ["Ada.Lovelace", "ADA.lovelace"] {
        let found = store.repositories().accounts().by_username(&username(name)).await.unwrap();
        assert_eq!(found, Some(read(&store, ada).await));
    }
    let found = store.repositories().accounts().by_username(&username("Ada")).await.unwrap();
    assert_eq!(found, None);
}

async fn an_account_is_found_by_its_mobile_number(store: Stored) {
    let ada = add(&store, &rich_account("ada@example.com")).await;
    let by = async |number: &str| {
        let number = MobileNumber::parse(number).unwrap();
        store.repositories().accounts().by_mobile(&number).await.unwrap()
    };
    assert_eq!(by("+33612345678").await, Some(read(&store, ada).await));
    assert_eq!(by("33612345678").await, None);
}

/// Accounts with these names.
async fn named(store: &Stored, names: &[&str]) -> Vec<AccountId> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(add(store, &AccountDetails { username: Some(username(name)), ..nameless(name) }).await);
    }
    ids
}

async fn a_list_is_read_in_parts_in_the_order_of_registration(store: Stored) {
    let mut ids = named(&store, &["carl", "ada", "bob"]).await;
    let details = AccountDetails {
        mobile: Some(MobileNumber::parse("+33612345678").unwrap()),
        is_active: false,
        ..nameless("dora")
    };
    ids.push(add(&store, &details).await);
    let (mut all, mut after) = (Vec::new(), AccountId(i64::MIN));
    loop {
        let part = store.repositories().accounts().listed_after(after, 3).await.unwrap();
        let Some(last) = part.last() else { break };
        assert!(part.len() <= 3);
        after = last.id;
        all.extend(part);
    }
    assert_eq!(all.iter().map(|account| account.id).collect::<Vec<_>>(), ids);
    let last = ListedAccount {
        id: ids[3],
        uuid: details.uuid,
        username: None,
        mobile: details.mobile,
        is_active: false,
    };
    assert_eq!(all[3], last);
    assert_eq!(all[0].username, Some(username("carl")));
}

async fn page(store: &Stored, part: Option<&str>, number: u64, limit: u16) -> Page<ListedAccount> {
    let page = PageRequest::numbered(number, PageLimit::new(limit));
    store.repositories().accounts().listed(part, page).await.unwrap()
}

fn ids(page: &Page<ListedAccount>) -> Vec<AccountId> {
    page.items.iter().map(|account| account.id).collect()
}

async fn the_trash_is_in_no_list(store: Stored) {
    let trashed = AccountDetails { deleted_at: Some(NOW), ..account("ada@example.com") };
    add(&store, &trashed).await;
    let parts = store.repositories().accounts().listed_after(AccountId(i64::MIN), 10).await.unwrap();
    let page = page(&store, None, 1, 10).await;
    assert_eq!((parts.len(), page.items.len(), page.total), (0, 0, 0));
}

async fn a_page_tells_how_many_there_are(store: Stored) {
    let all = named(&store, &["a", "b", "c", "d", "e"]).await;
    let second = page(&store, None, 2, 2).await;
    assert_eq!((ids(&second), second.total), (all[2..4].to_vec(), 5));
    let last = page(&store, None, 3, 2).await;
    assert_eq!((ids(&last), last.total), (all[4..].to_vec(), 5));
    for beyond in [4, u64::MAX] {
        let page = page(&store, None, beyond, 2).await;
        assert_eq!((page.items.len(), page.total), (0, 5));
    }
}

async fn a_part_of_a_name_is_found_literally_and_whatever_its_letter_case(store: Stored) {
    let all = named(&store, &["Joanna", "ANN_e", "ann%a", "Bob", "Олена"]).await;
    add(&store, &account("ann@example.com")).await;
    let found = async |part: &str| ids(&page(&store, Some(part), 1, 10).await);
    assert_eq!(found("aNn").await, all[..3]);
    assert_eq!(found("_").await, all[1..2]);
    assert_eq!(found("%").await, all[2..3]);
    assert_eq!(found("ЛЕ").await, all[4..]);
    assert_eq!(found("x").await, []);
    assert_eq!(page(&store, Some("ann"), 2, 2).await.total, 3);
}

/// An account that nobody activated.
fn waiting(seed: &str) -> AccountDetails {
    AccountDetails { is_active: false, ..nameless(seed) }
}

async fn an_account_is_let_in(store: Stored) {
    let details = waiting("ada");
    let ada = add(&store, &details).await;
    let at = NOW + MOMENT;
    assert!(store.repositories().accounts().let_in(ada, at).await.unwrap());
    let let_in = AccountDetails { is_active: true, activated_at: Some(at), updated_at: at, ..details };
    assert_eq!(read(&store, ada).await.details, let_in);
}

async fn nobody_is_let_in_who_does_not_wait(store: Stored) {
    let active = nameless("active");
    let verified = AccountDetails { email_verified_at: Some(NOW), ..waiting("verified") };
    let was_let_in = AccountDetails { activated_at: Some(NOW), ..waiting("let in") };
    let trashed = AccountDetails { deleted_at: Some(NOW), ..waiting("trashed") };
    for details in [active, verified, was_let_in, trashed] {
        let id = add(&store, &details).await;
        assert!(!store.repositories().accounts().let_in(id, NOW + MOMENT).await.unwrap());
        assert_eq!(read(&store, id).await.details, details);
    }
    assert!(!store.repositories().accounts().let_in(NOBODY, NOW).await.unwrap());
}

async fn an_account_that_was_let_in_and_locked_out_does_not_wait(store: Stored) {
    let details = AccountDetails { activated_at: Some(NOW), ..account("ada@example.com") };
    let ada = add(&store, &details).await;
    let mut repositories = store.repositories();
    assert!(repositories.accounts().deactivate(ada, NOW).await.unwrap());
    assert!(!read(&store, ada).await.waits_for_activation());
    // Neither by its mail nor otherwise, and no purge takes it for one that was never activated.
    assert!(!repositories.accounts().activate(ada, NOW).await.unwrap());
    assert!(!repositories.accounts().let_in(ada, NOW).await.unwrap());
    assert_eq!(repositories.accounts().purge_never_activated(NOW, NOW, 10).await.unwrap().accounts, 0);
}

async fn of_two_that_let_in_at_once_one_succeeds(store: Stored) {
    let ada = add(&store, &waiting("ada")).await;
    let answers = at_once(2, |_| {
        let store = store.clone();
        async move { store.repositories().accounts().let_in(ada, NOW).await.unwrap() }
    });
    assert_eq!(answers.await.into_iter().filter(|is_let_in| *is_let_in).count(), 1);
}
