//! The contract of `AccountTransfer`.

use time::macros::datetime;
use time::{Date, Duration, Month};
use uuid::Uuid;
use vestibule_domain::accounts::import::{Identities, ImportedContact, WholeAccount};
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, Gender, MobileNumber, NamePart, PasswordHash, Profile,
};
use vestibule_domain::contacts::{Avatar, ContactFacts, ContactSearch, PhoneNumber, Text};
use vestibule_domain::media::{MediaFolder, ObjectKey, PictureFormat};
use vestibule_domain::page::{PageLimit, PageRequest};
use vestibule_domain::points::{EntryKind, LedgerSum};
use vestibule_domain::store::Constraint;
use vestibule_tests::contract;

use crate::given::{
    NOW, Stored, account, add, add_account, conflict, email, id, nameless, rich_account, username,
};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    accounts_read_back_with_all_that_moved_with_them,
    texts_and_times_of_every_kind_read_back,
    accounts_are_in_the_order_in_which_they_came_and_in_parts,
    accounts_that_came_together_are_found_like_others,
    contacts_that_came_are_searched_and_listed_in_their_order,
    the_ledger_explains_the_points_that_came,
    an_account_in_the_trash_has_an_entry_and_can_be_restored,
    an_account_that_is_being_removed_does_not_move,
    holders_are_found_by_every_identifier,
    a_taken_identifier_refuses_all_accounts,
    more_accounts_than_a_statement_takes_are_added,
    accounts_with_more_text_than_a_server_takes_at_once_are_added,
    a_long_hash_is_kept,
]);

fn key(folder: MediaFolder, name: &str) -> ObjectKey {
    ObjectKey::new(folder, id(name), PictureFormat::Png)
}

fn plain(details: AccountDetails) -> WholeAccount {
    let trash_reason = details.deleted_at.map(|_| String::new());
    WholeAccount { details, trash_reason, profile: Profile::default(), contacts: Vec::new() }
}

fn contact(fullname: &str) -> ImportedContact {
    let facts = ContactFacts {
        fullname: Text::parse(fullname).unwrap(),
        email: None,
        phone_number: None,
        birthday: None,
        additional: None,
    };
    ImportedContact { facts, avatar: None }
}

fn full_contact() -> ImportedContact {
    let facts = ContactFacts {
        email: Some(Text::parse("Bjo\u{308}rn@Example.com").unwrap()),
        phone_number: Some(PhoneNumber::new(-380_501_234_567).unwrap()),
        birthday: Some(Date::from_calendar_date(2000, Month::February, 29).unwrap()),
        additional: Some(Text::parse("").unwrap()),
        ..contact("Bjo\u{308}rn Straße").facts
    };
    let avatar = Avatar {
        url: Text::parse("https://example.com/a.png").unwrap(),
        object: Some(key(MediaFolder::Contacts, "a contact")),
    };
    ImportedContact { facts, avatar: Some(avatar) }
}

fn full() -> WholeAccount {
    WholeAccount {
        details: rich_account("ada@example.com"),
        trash_reason: Some("told so".to_owned()),
        profile: Profile { picture: Some(key(MediaFolder::Profiles, "ada")), gender: Some(Gender::Woman) },
        contacts: vec![contact("Zoe"), full_contact(), contact("Adam")],
    }
}

async fn insert(store: &Stored, accounts: &[WholeAccount]) {
    let mut unit = store.begin().await.unwrap();
    unit.transfer().insert(accounts).await.unwrap();
    unit.commit().await.unwrap();
}

async fn all(store: &Stored) -> Vec<WholeAccount> {
    store.repositories().transfer().after(AccountId(i64::MIN), 10_000).await.unwrap().0
}

async fn accounts_read_back_with_all_that_moved_with_them(store: Stored) {
    let little = WholeAccount {
        profile: Profile { picture: None, gender: Some(Gender::Man) },
        contacts: vec![contact("")],
        ..plain(nameless("nobody in particular"))
    };
    let accounts = [full(), plain(account("bob@example.com")), little];
    insert(&store, &accounts).await;
    assert_eq!(all(&store).await, accounts);
}

/// Some databases take accounts as texts in which some characters and some years are written in a way of their own.
async fn texts_and_times_of_every_kind_read_back(store: Stored) {
    let texts = ["NULL", "a,b", "{}", "\"quoted\"", r"back\slash\", "two\nlines", "'"];
    let times = [
        datetime!(0001-01-01 00:00 UTC),
        datetime!(1969-12-31 23:59:59.999_999 UTC),
        datetime!(2026-11-28 01:02:03.000_004 UTC),
        datetime!(9999-12-31 23:59:59.999_999 UTC),
    ];
    let accounts = texts.iter().zip(times.iter().cycle()).map(|(text, time)| {
        let mut contact = full_contact();
        contact.facts.additional = Some(Text::parse(*text).unwrap());
        contact.facts.birthday = Some(time.date());
        let details = AccountDetails {
            display_name: Some((*text).to_owned()),
            created_at: *time,
            updated_at: *time,
            ..nameless(text)
        };
        WholeAccount { contacts: vec![contact], ..plain(details) }
    });
    let accounts: Vec<_> = accounts.collect();
    insert(&store, &accounts).await;
    assert_eq!(all(&store).await, accounts);
}

async fn accounts_are_in_the_order_in_which_they_came_and_in_parts(store: Stored) {
    let accounts: Vec<_> = ["c", "a", "b"].map(|name| plain(nameless(name))).into();
    insert(&store, &accounts).await;
    let mut scope = store.repositories();
    let (first, last) = scope.transfer().after(AccountId(i64::MIN), 2).await.unwrap();
    assert_eq!(first, accounts[..2]);
    let (second, last) = scope.transfer().after(last.unwrap(), 2).await.unwrap();
    assert_eq!(second, accounts[2..]);
    assert_eq!(scope.transfer().after(last.unwrap(), 2).await.unwrap(), (Vec::new(), None));
}

async fn accounts_that_came_together_are_found_like_others(store: Stored) {
    let named = AccountDetails { username: Some(username("Björn")), ..account("bjorn@example.com") };
    let trashed = AccountDetails {
        username: Some(username("Björk")),
        deleted_at: Some(NOW),
        ..account("bjork@example.com")
    };
    insert(&store, &[plain(named.clone()), plain(trashed)]).await;
    let mut scope = store.repositories();
    let found = scope.accounts().by_username(&username("BJO\u{308}RN")).await.unwrap().unwrap();
    assert_eq!(found.details, named);
    let page = PageRequest::numbered(1, PageLimit::new(10));
    let part = NamePart::new("jör").unwrap();
    let listed = scope.directory().page(Some(&part), page).await.unwrap();
    assert_eq!(listed.accounts.iter().map(|entry| entry.id).collect::<Vec<_>>(), [found.id]);
    assert_eq!(scope.directory().page(None, page).await.unwrap().total, 1);
}

async fn contacts_that_came_are_searched_and_listed_in_their_order(store: Stored) {
    let other = WholeAccount { contacts: vec![contact("Bjorn")], ..plain(nameless("other")) };
    let mine = WholeAccount { contacts: full().contacts, ..plain(nameless("mine")) };
    insert(&store, &[other, mine]).await;
    let mut scope = store.repositories();
    let owner = scope.accounts().by_uuid(AccountUuid(id("mine"))).await.unwrap().unwrap().id;
    let search = ContactSearch::new("STRASSE");
    let found = scope.contacts().find(owner, &search).await.unwrap().unwrap();
    assert_eq!(found.facts, full_contact().facts);
    let found = scope.contacts().find(owner, &ContactSearch::new("björn@")).await.unwrap();
    assert_eq!(found.unwrap().avatar, full_contact().avatar);
    let page = PageRequest::numbered(1, PageLimit::new(10));
    let listed = scope.contacts().list(owner, page).await.unwrap();
    let facts: Vec<_> = listed.into_iter().map(|contact| contact.facts).collect();
    assert_eq!(facts, full().contacts.into_iter().map(|contact| contact.facts).collect::<Vec<_>>());
}

async fn the_ledger_explains_the_points_that_came(store: Stored) {
    let rich = AccountDetails { points: 7, ..nameless("rich") };
    insert(&store, &[plain(nameless("poor")), plain(rich)]).await;
    let mut scope = store.repositories();
    let sums = scope.points().sums(AccountId(0), 10).await.unwrap();
    assert_eq!(sums.len(), 2);
    assert!(sums.iter().all(LedgerSum::is_right));
    let entries = scope.points().history(sums[1].account, None, 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (entries[0].kind, entries[0].points.get(), entries[0].created_at),
        (EntryKind::Opening, 7, NOW)
    );
}

async fn an_account_in_the_trash_has_an_entry_and_can_be_restored(store: Stored) {
    let since = NOW - Duration::days(3);
    let trashed = AccountDetails {
        deleted_at: Some(since),
        username: Some(username("ada")),
        ..account("ada@example.com")
    };
    let trashed = WholeAccount { trash_reason: Some("spam".to_owned()), ..plain(trashed) };
    insert(&store, &[trashed]).await;
    let page = PageRequest::numbered(1, PageLimit::new(10));
    let mut scope = store.repositories();
    let entries = scope.trash().list(page).await.unwrap();
    assert_eq!((entries.total, entries.items.len()), (1, 1));
    let entry = &entries.items[0];
    assert_eq!((entry.deleted_at, entry.reason.as_str(), entry.deleted_by), (since, "spam", None));
    // The time that it has left counts from when it was put there.
    assert_eq!(scope.trash().due(Some(since), NOW, 10).await.unwrap().len(), 1);
    let ada = scope.accounts().by_email(&email("ada@example.com")).await.unwrap().unwrap();
    assert!(scope.trash().restore(ada.id).await.unwrap());
    assert_eq!(scope.directory().page(NamePart::new("ada").as_ref(), page).await.unwrap().total, 1);
    assert_eq!(scope.trash().list(page).await.unwrap().total, 0);
}

async fn an_account_that_is_being_removed_does_not_move(store: Stored) {
    let gone = add_account(&store, "gone@example.com").await;
    let mut scope = store.repositories();
    scope.trash().put(&[gone], None, NOW, "").await.unwrap();
    assert_eq!(all(&store).await.len(), 1);
    scope.trash().begin_removal(gone, NOW).await.unwrap();
    let (moved, last) = scope.transfer().after(AccountId(0), 10).await.unwrap();
    assert_eq!((moved, last), (Vec::new(), Some(gone)));
}

async fn holders_are_found_by_every_identifier(store: Stored) {
    let uuid = add(&store, &nameless("by uuid")).await;
    let mail = add_account(&store, "mail@example.com").await;
    let name = add(&store, &AccountDetails { username: Some(username("Олена")), ..nameless("name") }).await;
    let number = MobileNumber::parse("+33612345678").unwrap();
    let mobile = add(&store, &AccountDetails { mobile: Some(number.clone()), ..nameless("mobile") }).await;
    add_account(&store, "nobody@example.com").await;
    let identities = Identities {
        uuids: vec![AccountUuid(id("by uuid")), AccountUuid(Uuid::max())],
        emails: vec![email("mail@example.com"), email("other@example.com")],
        usernames: vec![username("ОЛЕНА")],
        mobiles: vec![number.clone()],
    };
    let mut holders = store.repositories().transfer().holders(&identities).await.unwrap();
    holders.sort_unstable_by_key(|holder| holder.id);
    assert_eq!(holders.iter().map(|holder| holder.id).collect::<Vec<_>>(), [uuid, mail, name, mobile]);
    assert_eq!(holders[1].email, Some(email("mail@example.com")));
    assert_eq!(holders[2].username, Some(username("Олена")));
    assert_eq!(holders[3].mobile, Some(number));
}

async fn a_taken_identifier_refuses_all_accounts(store: Stored) {
    let ada = AccountDetails { username: Some(username("Ada")), ..rich_account("ada@example.com") };
    add(&store, &ada).await;
    for (taken, expected) in [
        (AccountDetails { uuid: AccountUuid(id("x")), ..account("ada@example.com") }, Constraint::UsersEmail),
        (AccountDetails { username: Some(username("ADA")), ..nameless("x") }, Constraint::UsersUsername),
        (AccountDetails { mobile: ada.mobile.clone(), ..nameless("x") }, Constraint::UsersMobile),
        (AccountDetails { uuid: ada.uuid, ..nameless("x") }, Constraint::UsersUuid),
    ] {
        let both = [plain(account("new@example.com")), plain(taken)];
        let refused = store.repositories().transfer().insert(&both).await;
        assert_eq!(conflict(refused), expected);
    }
    let found = store.repositories().accounts().by_email(&email("new@example.com")).await.unwrap();
    assert_eq!(found, None);
}

async fn more_accounts_than_a_statement_takes_are_added(store: Stored) {
    let one = |number: usize| {
        let name = format!("user {number}");
        let details = AccountDetails {
            username: Some(username(&name)),
            points: 1,
            ..account(&format!("user{number}@example.com"))
        };
        let contacts = vec![contact(&name), contact("b")];
        WholeAccount {
            contacts,
            profile: Profile { picture: None, gender: Some(Gender::Man) },
            ..plain(details)
        }
    };
    let accounts: Vec<_> = (0..1_100).map(one).collect();
    insert(&store, &accounts).await;
    assert!(all(&store).await == accounts);
    let page = PageRequest::numbered(1, PageLimit::new(10));
    assert_eq!(store.repositories().directory().page(None, page).await.unwrap().total, 1_100);
}

async fn a_long_hash_is_kept(store: Stored) {
    let hashed_password = PasswordHash::new("x".repeat(255));
    let long = AccountDetails { hashed_password, ..account("ada@example.com") };
    insert(&store, &[plain(long.clone())]).await;
    assert_eq!(all(&store).await, [plain(long)]);
}

/// By default MariaDB refuses a statement of 16 MiB.
async fn accounts_with_more_text_than_a_server_takes_at_once_are_added(store: Stored) {
    let account = |number: usize| {
        let deleted_at = Some(NOW);
        let details = AccountDetails { deleted_at, ..nameless(&number.to_string()) };
        WholeAccount { trash_reason: Some("€".repeat(10_000)), ..plain(details) }
    };
    let accounts: Vec<_> = (0..600).map(account).collect();
    insert(&store, &accounts).await;
    let page = PageRequest::numbered(1, PageLimit::new(10));
    assert_eq!(store.repositories().trash().list(page).await.unwrap().total, 600);
}
