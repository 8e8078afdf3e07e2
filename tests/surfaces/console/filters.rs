//! The list of accounts by role and state together, in any order.

use vestibule_domain::accounts::Role;

use super::clerk::{Clerk, staffed};
use super::lists::link;
use super::roles::set_role;
use crate::admin::person::{admin, member};

/// The names of a page, in its order.
fn names(page: &str) -> Vec<&str> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    rows.map(|row| row.split("<bdi>").nth(1).unwrap().split('<').next().unwrap()).collect()
}

#[tokio::test]
async fn role_state_and_order_are_chosen_together() {
    let (app, clerk, ada) = staffed().await;
    for name in ["zoe", "bob"] {
        member(&app, name).await;
    }
    admin(&app, "eva").await;
    set_role(&app, "zoe", Role::Moderator).await;
    clerk.submit(&app, &format!("/console/users/{ada}/trash"), &[]).await;
    for (query, expected) in [
        ("", &["root", "zoe", "bob", "eva"][..]),
        ("sort=newest", &["eva", "bob", "zoe", "root"]),
        ("sort=name", &["bob", "eva", "root", "zoe"]),
        ("sort=address", &["bob", "eva", "root", "zoe"]),
        ("role=ADMIN", &["root", "eva"]),
        ("role=ADMIN&sort=newest", &["eva", "root"]),
        ("role=USER&state=active", &["bob"]),
        ("role=MODERATOR&state=active&sort=name", &["zoe"]),
        ("role=MODERATOR&state=inactive", &[]),
        ("state=waiting", &[]),
        ("state=trash", &["ada"]),
        ("role=USER&state=trash&sort=address", &["ada"]),
        ("role=ADMIN&state=trash", &[]),
        ("role=KING&state=lost&sort=chance", &["root", "zoe", "bob", "eva"]),
    ] {
        let page = clerk.page(&app, &format!("/console/users?{query}")).await;
        assert_eq!(names(&page), expected, "{query}");
        assert_eq!(page.contains("No account fits."), expected.is_empty(), "{query}");
        assert!(link(&page, "next").is_none(), "{query}: {page}");
    }
    let page = clerk.page(&app, "/console/users?role=MODERATOR&state=active&sort=name").await;
    for chosen in ["value=\"MODERATOR\" selected>", "value=\"active\" selected>", "value=\"name\" selected>"]
    {
        assert!(page.contains(chosen), "{page}");
    }
    assert!(!page.contains("Accounts: "), "nobody counts them: {page}");
    let trash = clerk.page(&app, "/console/users?state=trash").await;
    assert!(
        trash.contains("action=\"/console/trash/restore\"") && trash.contains("Restore the chosen"),
        "{trash}"
    );
}

#[tokio::test]
async fn a_filtered_list_goes_on_in_its_order() {
    let (app, clerk, _) = staffed().await;
    for number in 0..26 {
        member(&app, &format!("m{number:02}")).await;
    }
    for sort in ["oldest", "newest", "name", "address"] {
        let query = format!("role=USER&state=active&sort={sort}");
        let first = clerk.page(&app, &format!("/console/users?{query}")).await;
        assert_eq!(names(&first).len(), 25, "{first}");
        assert!(link(&first, "first").is_none(), "{first}");
        let next = link(&first, "next").unwrap();
        let second = clerk.page(&app, &next).await;
        assert_eq!(names(&second).len(), 2, "{next}: {second}");
        assert!(link(&second, "next").is_none(), "{second}");
        let sort = if sort == "oldest" { String::new() } else { format!("&sort={sort}") };
        let beginning = format!("/console/users?role=USER&state=active{sort}");
        assert_eq!(link(&second, "first"), Some(beginning), "{second}");
        let mut all = [names(&first), names(&second)].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 27, "{sort}");
        for after in ["x", "1.x", "-99999999999999999999.1", "%00", "%F0%9F%A6%80"] {
            clerk.page(&app, &format!("/console/users?{query}&after={after}")).await;
        }
    }
}

#[tokio::test]
async fn the_trash_goes_on_after_the_last_entry_of_a_page() {
    let (app, clerk, _) = staffed().await;
    let mut ids = Vec::new();
    for number in 0..26 {
        ids.push(member(&app, &format!("m{number:02}")).await.id);
    }
    let confirmed = async |ids: &[String]| {
        let mut values: Vec<(&str, &str)> = ids.iter().map(|id| ("account", id.as_str())).collect();
        values.push(("confirmed", "yes"));
        clerk.submit(&app, "/console/users/trash", &values).await
    };
    assert_eq!(confirmed(&ids[..25]).await.status, 200);
    assert_eq!(confirmed(&ids[25..]).await.status, 200);
    let first = clerk.page(&app, "/console/trash").await;
    assert_eq!(names(&first).len(), 25, "{first}");
    assert!(first.contains("Accounts: 26") && link(&first, "first").is_none(), "{first}");
    let second = clerk.page(&app, &link(&first, "next").unwrap()).await;
    assert_eq!(names(&second), ["m25"], "{second}");
    assert_eq!(link(&second, "first").as_deref(), Some("/console/trash"), "{second}");
    assert!(link(&second, "next").is_none(), "{second}");
    // More than a page has are of no page.
    assert_eq!(confirmed(&ids).await.status, 400);
    let stranger = Clerk::stranger();
    super::clerk::leads_to_sign_in(&stranger.get(&app, "/console/trash").await);
}
