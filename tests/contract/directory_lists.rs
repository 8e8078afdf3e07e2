//! The contract of `AccountDirectory`: lists by role and state, in their orders.

use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountSurface, DirectoryFilter, DirectoryOrder, DirectoryPlace, ListedState,
    ListedSurface, Role,
};
use vestibule_domain::page::Reach;
use vestibule_tests::contract;

use crate::directory::called;
use crate::given::{MOMENT, NOW, Stored, account, add, add_account, username};

contract!(store on [memory, faulty, sqlite, postgres, mariadb]: [
    a_list_goes_on_after_a_place_without_a_gap,
    a_list_is_of_roles_and_states_together,
    a_list_is_of_a_surface_with_a_role_and_a_state,
    a_list_in_any_order_goes_on_without_a_gap,
    a_list_by_name_or_address_has_those_that_have_one,
    the_trash_is_listed_without_what_is_being_removed,
    a_filter_that_few_pass_is_answered_in_parts,
    a_place_of_another_order_is_the_beginning,
]);

/// An account with a name and an address.
fn known(name: &str) -> AccountDetails {
    AccountDetails { username: Some(username(name)), ..account(&format!("{name}@example.com")) }
}

const ORDERS: [DirectoryOrder; 4] =
    [DirectoryOrder::Oldest, DirectoryOrder::Newest, DirectoryOrder::Name, DirectoryOrder::Address];

fn reach(items: u64) -> Reach {
    Reach { items, looked_at: 1_000 }
}

/// All of a list, in parts that reach so far.
async fn whole(
    store: &Stored,
    filter: DirectoryFilter,
    order: DirectoryOrder,
    reach: Reach,
) -> Vec<AccountId> {
    let (mut found, mut after) = (Vec::new(), None);
    // A part that looks at one entry at least comes to an end.
    for _ in 0..100 {
        let part = store.repositories().directory().browse(filter, order, after, reach).await.unwrap();
        assert!(part.items.len() as u64 <= reach.items, "{filter:?} {order:?} {reach:?}");
        found.extend(part.items.iter().map(|account| account.id));
        after = part.next;
        if after.is_none() {
            return found;
        }
    }
    panic!("{filter:?} {order:?} {reach:?} has no end");
}

fn of(role: Option<Role>, state: Option<ListedState>) -> DirectoryFilter {
    DirectoryFilter { role, state, surface: None }
}

async fn a_list_goes_on_after_a_place_without_a_gap(store: Stored) {
    let mut expected = Vec::new();
    for number in 0..9 {
        // Some are of one moment.
        let created_at = NOW + MOMENT * (number / 4);
        let details = AccountDetails { created_at, ..called(&format!("person {number}")) };
        expected.push(add(&store, &details).await);
    }
    let gone = expected.remove(5);
    store.repositories().trash().put(&[gone], None, NOW, "gone").await.unwrap();
    let backwards: Vec<_> = expected.iter().rev().copied().collect();
    for filter in [of(None, None), of(Some(Role::User), None), of(None, Some(ListedState::Active))] {
        for items in [1, 3, 4, 8, 100] {
            for looked_at in [1, 2, 100] {
                let reach = Reach { items, looked_at };
                assert_eq!(whole(&store, filter, DirectoryOrder::Oldest, reach).await, expected, "{reach:?}");
                assert_eq!(
                    whole(&store, filter, DirectoryOrder::Newest, reach).await,
                    backwards,
                    "{reach:?}"
                );
            }
        }
    }
    let mut repositories = store.repositories();
    let all = repositories.directory().browse(of(None, None), DirectoryOrder::Oldest, None, reach(8)).await;
    assert_eq!(all.unwrap().next, None, "nothing comes after the last one");
}

async fn a_list_is_of_roles_and_states_together(store: Stored) {
    let mut ids = Vec::new();
    for (name, role, is_active) in [
        ("ada", Role::Admin, true),
        ("eva", Role::User, true),
        ("bob", Role::Moderator, false),
        ("max", Role::Admin, false),
        ("joe", Role::Admin, true),
        ("kim", Role::User, false),
    ] {
        // Max was active once, and was locked out.
        let activated_at = (name == "max").then_some(NOW);
        let details = AccountDetails { role, is_active, activated_at, ..known(name) };
        ids.push(add(&store, &details).await);
    }
    let [ada, eva, bob, max, joe, kim] = ids[..] else { panic!() };
    store.repositories().trash().put(&[joe], None, NOW, "gone").await.unwrap();
    let (admin, moderator, user) = (Some(Role::Admin), Some(Role::Moderator), Some(Role::User));
    let (active, inactive) = (Some(ListedState::Active), Some(ListedState::Inactive));
    let (waiting, in_trash) = (Some(ListedState::Waiting), Some(ListedState::InTrash));
    for (filter, expected) in [
        (of(None, None), vec![ada, eva, bob, max, kim]),
        (of(admin, None), vec![ada, max]),
        (of(moderator, None), vec![bob]),
        (of(user, None), vec![eva, kim]),
        (of(None, active), vec![ada, eva]),
        (of(None, inactive), vec![bob, max, kim]),
        (of(None, waiting), vec![bob, kim]),
        (of(None, in_trash), vec![joe]),
        (of(admin, active), vec![ada]),
        (of(admin, inactive), vec![max]),
        (of(admin, waiting), vec![]),
        (of(admin, in_trash), vec![joe]),
        (of(moderator, waiting), vec![bob]),
        (of(user, active), vec![eva]),
        (of(user, inactive), vec![kim]),
        (of(user, waiting), vec![kim]),
        (of(user, in_trash), vec![]),
    ] {
        for order in ORDERS {
            for looked_at in [1, 2, 100] {
                let mut found = whole(&store, filter, order, Reach { items: 1, looked_at }).await;
                found.sort_unstable();
                assert_eq!(found, expected, "{filter:?} {order:?} {looked_at}");
            }
        }
    }
    assert!(store.repositories().accounts().set_role(bob, Role::User, NOW).await.unwrap());
    assert!(whole(&store, of(moderator, None), DirectoryOrder::Oldest, reach(10)).await.is_empty());
}

async fn a_list_is_of_a_surface_with_a_role_and_a_state(store: Stored) {
    let (points, mobile) = (Some(AccountSurface::Points), Some(AccountSurface::Mobile));
    let mut ids = Vec::new();
    for (number, (name, surface, role, is_active)) in [
        ("ada", points, Role::Admin, true),
        ("eva", points, Role::User, true),
        ("bob", mobile, Role::User, false),
        ("max", None, Role::User, true),
        ("joe", points, Role::User, false),
        ("kim", None, Role::Moderator, false),
        ("zoe", mobile, Role::User, true),
        ("tom", None, Role::User, true),
    ]
    .into_iter()
    .enumerate()
    {
        // Some are of one moment.
        let created_at = NOW + MOMENT * (i32::try_from(number).unwrap() / 3);
        let details = AccountDetails { surface, role, is_active, created_at, ..known(name) };
        ids.push(add(&store, &details).await);
    }
    let [ada, eva, bob, max, joe, kim, zoe, tom] = ids[..] else { panic!() };
    store.repositories().trash().put(&[zoe, tom], None, NOW, "gone").await.unwrap();
    let through = |surface| DirectoryFilter { surface: Some(surface), ..of(None, None) };
    let points = through(ListedSurface::Known(AccountSurface::Points));
    let mobile = through(ListedSurface::Known(AccountSurface::Mobile));
    let unknown = through(ListedSurface::Unknown);
    let (user, moderator) = (Some(Role::User), Some(Role::Moderator));
    let (active, inactive) = (Some(ListedState::Active), Some(ListedState::Inactive));
    let (waiting, in_trash) = (Some(ListedState::Waiting), Some(ListedState::InTrash));
    for (filter, expected) in [
        (points, vec![ada, eva, joe]),
        (mobile, vec![bob]),
        (unknown, vec![max, kim]),
        (through(ListedSurface::Known(AccountSurface::Theater)), vec![]),
        (DirectoryFilter { role: user, ..points }, vec![eva, joe]),
        (DirectoryFilter { role: Some(Role::Admin), ..points }, vec![ada]),
        (DirectoryFilter { role: moderator, ..points }, vec![]),
        (DirectoryFilter { role: moderator, ..unknown }, vec![kim]),
        (DirectoryFilter { state: active, ..points }, vec![ada, eva]),
        (DirectoryFilter { state: active, ..mobile }, vec![]),
        (DirectoryFilter { state: inactive, ..points }, vec![joe]),
        (DirectoryFilter { state: waiting, ..unknown }, vec![kim]),
        (DirectoryFilter { state: in_trash, ..points }, vec![]),
        (DirectoryFilter { state: in_trash, ..mobile }, vec![zoe]),
        (DirectoryFilter { state: in_trash, ..unknown }, vec![tom]),
        (DirectoryFilter { role: user, state: active, ..points }, vec![eva]),
        (DirectoryFilter { role: user, state: inactive, ..unknown }, vec![]),
        (DirectoryFilter { role: user, state: in_trash, ..mobile }, vec![zoe]),
        (DirectoryFilter { role: moderator, state: in_trash, ..mobile }, vec![]),
    ] {
        for order in ORDERS {
            for looked_at in [1, 2, 100] {
                let mut found = whole(&store, filter, order, Reach { items: 1, looked_at }).await;
                if order == DirectoryOrder::Oldest && filter.state != in_trash {
                    assert!(found.is_sorted(), "{filter:?} {found:?}");
                }
                found.sort_unstable();
                assert_eq!(found, expected, "{filter:?} {order:?} {looked_at}");
            }
        }
    }
}

async fn a_list_in_any_order_goes_on_without_a_gap(store: Stored) {
    let mut ids = Vec::new();
    for (number, (name, address)) in
        [("eva", "b"), ("Ada", "d"), ("bob", "c"), ("max", "a")].iter().enumerate()
    {
        let created_at = NOW + MOMENT * i32::try_from(number).unwrap();
        let details = AccountDetails {
            created_at,
            username: Some(username(name)),
            ..account(&format!("{address}@example.com"))
        };
        ids.push(add(&store, &details).await);
    }
    let [eva, ada, bob, max] = ids[..] else { panic!() };
    for (order, expected) in [
        (DirectoryOrder::Oldest, [eva, ada, bob, max]),
        (DirectoryOrder::Newest, [max, bob, ada, eva]),
        // Letter case has no say.
        (DirectoryOrder::Name, [ada, bob, eva, max]),
        (DirectoryOrder::Address, [max, eva, bob, ada]),
    ] {
        for items in [1, 3, 4, 10] {
            for looked_at in [1, 3, 4, 100] {
                let reach = Reach { items, looked_at };
                assert_eq!(
                    whole(&store, of(None, None), order, reach).await,
                    expected,
                    "{order:?} {reach:?}"
                );
            }
        }
    }
}

async fn a_list_by_name_or_address_has_those_that_have_one(store: Stored) {
    let nameless = add_account(&store, "ada@example.com").await;
    let named = add(&store, &AccountDetails { email: None, ..called("eva") }).await;
    for (order, expected) in [
        (DirectoryOrder::Oldest, &[nameless, named][..]),
        (DirectoryOrder::Name, &[named]),
        (DirectoryOrder::Address, &[nameless]),
    ] {
        assert_eq!(whole(&store, of(None, None), order, reach(10)).await, expected, "{order:?}");
    }
}

async fn the_trash_is_listed_without_what_is_being_removed(store: Stored) {
    let mut ids = Vec::new();
    for name in ["ada", "eva", "bob"] {
        ids.push(add(&store, &known(name)).await);
    }
    let [ada, eva, bob] = ids[..] else { panic!() };
    for (account, at) in [(eva, NOW), (ada, NOW + MOMENT), (bob, NOW)] {
        store.repositories().trash().put(&[account], None, at, "gone").await.unwrap();
    }
    assert!(store.repositories().trash().begin_removal(bob, NOW).await.unwrap());
    let in_trash = of(None, Some(ListedState::InTrash));
    for (order, expected) in [
        // By the time at which they came there.
        (DirectoryOrder::Oldest, [eva, ada]),
        (DirectoryOrder::Newest, [ada, eva]),
        (DirectoryOrder::Name, [ada, eva]),
        (DirectoryOrder::Address, [ada, eva]),
    ] {
        for items in [1, 10] {
            assert_eq!(whole(&store, in_trash, order, reach(items)).await, expected, "{order:?}");
        }
    }
}

async fn a_filter_that_few_pass_is_answered_in_parts(store: Stored) {
    for number in 0..20 {
        let details = AccountDetails {
            is_active: number != 15,
            created_at: NOW + MOMENT * number,
            ..known(&format!("person{number:02}"))
        };
        add(&store, &details).await;
    }
    let inactive_members = of(None, Some(ListedState::Inactive));
    for order in [DirectoryOrder::Name, DirectoryOrder::Address] {
        let part = Reach { items: 5, looked_at: 8 };
        let mut repositories = store.repositories();
        let first = repositories.directory().browse(inactive_members, order, None, part).await.unwrap();
        assert_eq!((first.items.len(), first.next.is_some()), (0, true), "{order:?}");
        let second =
            repositories.directory().browse(inactive_members, order, first.next, part).await.unwrap();
        assert_eq!((second.items.len(), second.next.is_some()), (1, true), "{order:?}");
        let third =
            repositories.directory().browse(inactive_members, order, second.next, part).await.unwrap();
        assert_eq!((third.items.len(), third.next.is_some()), (0, false), "{order:?}");
    }
}

async fn a_place_of_another_order_is_the_beginning(store: Stored) {
    for name in ["ada", "eva"] {
        add(&store, &known(name)).await;
    }
    let at = DirectoryPlace::At { at: NOW + MOMENT * 9, id: i64::MAX };
    let text = DirectoryPlace::Text("zoe".to_owned());
    for (order, other) in [
        (DirectoryOrder::Oldest, &text),
        (DirectoryOrder::Newest, &text),
        (DirectoryOrder::Name, &at),
        (DirectoryOrder::Address, &at),
    ] {
        let mut repositories = store.repositories();
        let after = Some(other.clone());
        let found = repositories.directory().browse(of(None, None), order, after, reach(10)).await.unwrap();
        assert_eq!(found.items.len(), 2, "{order:?}");
    }
}
