//! The list of accounts by role, state and surface together, in any order.

use uuid::Uuid;
use vestibule_domain::accounts::{AccountDetails, AccountUuid, EmailAddress, Role, Username};
use vestibule_tests::TestApp;

use super::clerk::{Clerk, staffed};
use super::lists::link;
use super::roles::set_role;
use crate::admin::person::{admin, member};
use crate::{mobile, points};

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

/// Adds an account of which nobody noted through which surface it came, as those of a release before.
async fn add_older(app: &TestApp, name: &str) -> String {
    let mut repositories = app.deps.store.repositories();
    let ada = repositories.accounts().by_username(&Username::parse("ada").unwrap()).await.unwrap().unwrap();
    let uuid = Uuid::from_u128(0x4000_8000_0000_0000_0001);
    let older = AccountDetails {
        uuid: AccountUuid(uuid),
        email: Some(EmailAddress::parse(&format!("{name}@example.com")).unwrap()),
        username: Some(Username::parse(name).unwrap()),
        surface: None,
        ..ada.details
    };
    repositories.accounts().insert(&older).await.unwrap();
    uuid.to_string()
}

#[tokio::test]
async fn a_surface_is_chosen_alone_and_with_the_others() {
    let (app, clerk, ada) = staffed().await;
    points::person::create(&app, "eva@example.com").await;
    assert_eq!(mobile::person::register(&app, "bob", mobile::person::MOBILE).await.status, 200);
    let older = add_older(&app, "old").await;
    let all = &["root", "ada", "eva@example.com", "bob", "old"][..];
    for (query, expected) in [
        ("surface=", all),
        ("surface=admin", &["root", "ada"]),
        ("surface=points", &["eva@example.com"]),
        ("surface=mobile", &["bob"]),
        ("surface=unknown", &["old"]),
        ("surface=theater", &[]),
        ("surface=contacts", &[]),
        ("surface=admin&sort=newest", &["ada", "root"]),
        ("surface=admin&sort=name", &["ada", "root"]),
        ("surface=unknown&sort=address", &["old"]),
        ("surface=admin&role=ADMIN", &["root"]),
        ("surface=admin&role=USER&state=active", &["ada"]),
        ("surface=mobile&state=waiting", &["bob"]),
        ("surface=mobile&state=active", &[]),
        ("surface=unknown&role=MODERATOR", &[]),
        ("surface=admin&state=trash", &[]),
        // As a role that there is none of.
        ("surface=cinema", all),
        ("surface=Admin", all),
        ("surface=command", all),
        ("surface=%00", all),
    ] {
        let page = clerk.page(&app, &format!("/console/users?{query}")).await;
        assert_eq!(names(&page), expected, "{query}");
        assert_eq!(page.contains("No account fits."), expected.is_empty(), "{query}");
        assert_eq!(page.contains("Accounts: 5"), expected == all, "{query}: nobody counts them");
        assert!(link(&page, "next").is_none(), "{query}: {page}");
    }
    let page = clerk.page(&app, "/console/users?surface=unknown").await;
    for part in [
        "<label for=\"surface\">Surface</label>",
        "<option value=\"\">any surface</option>",
        "<option value=\"theater\">theater</option>",
        "<option value=\"unknown\" selected>unknown</option>",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("aria-current=\"page\">everybody"), "{page}");

    for (id, surface) in [(&ada, "admin"), (&older, "unknown")] {
        let page = clerk.page(&app, &format!("/console/users/{id}")).await;
        assert!(page.contains(&format!("<dt>Surface</dt><dd>{surface}</dd>")), "{page}");
    }
    let french = |path: String| {
        let request = app.request("GET", &path).header("accept-language", "fr");
        clerk.send(&app, request)
    };
    let list = french("/console/users".to_owned()).await;
    for part in
        ["<option value=\"\">toutes les surfaces</option>", "<option value=\"unknown\">inconnue</option>"]
    {
        assert!(list.body.contains(part), "no {part} in {list:?}");
    }
    let page = french(format!("/console/users/{older}")).await;
    assert!(page.body.contains("<dt>Surface</dt><dd>inconnue</dd>"), "{page:?}");
}

#[tokio::test]
async fn a_list_of_a_surface_goes_on_and_its_accounts_go_to_the_trash_together() {
    let (app, clerk, _) = staffed().await;
    let mut ids = Vec::new();
    for number in 0..26 {
        ids.push(member(&app, &format!("m{number:02}")).await.id);
    }
    points::person::create(&app, "eva@example.com").await;
    for sort in ["oldest", "newest", "name", "address"] {
        let query = format!("role=USER&state=active&surface=admin&sort={sort}");
        let first = clerk.page(&app, &format!("/console/users?{query}")).await;
        assert_eq!(names(&first).len(), 25, "{first}");
        let next = link(&first, "next").unwrap();
        assert!(next.contains("&surface=admin&"), "{next}");
        let second = clerk.page(&app, &next).await;
        assert_eq!(names(&second).len(), 2, "{next}: {second}");
        assert!(link(&second, "next").is_none(), "{second}");
        let sort = if sort == "oldest" { String::new() } else { format!("&sort={sort}") };
        let beginning = format!("/console/users?role=USER&state=active&surface=admin{sort}");
        assert_eq!(link(&second, "first"), Some(beginning), "{second}");
        assert!(![names(&first), names(&second)].concat().contains(&"eva@example.com"), "{sort}");
    }

    let values = [("account", ids[0].as_str()), ("account", ids[1].as_str()), ("confirmed", "yes")];
    let done = clerk.submit(&app, "/console/users/trash", &values).await;
    assert_eq!(done.body.matches("<td>The account is in the trash.</td>").count(), 2, "{done:?}");
    let trash = clerk.page(&app, "/console/users?surface=admin&state=trash").await;
    assert_eq!(names(&trash), ["m00", "m01"], "{trash}");
    assert!(trash.contains("action=\"/console/trash/restore\""), "{trash}");
    let others = clerk.page(&app, "/console/users?surface=points&state=trash").await;
    assert!(others.contains("No account fits."), "{others}");
    let done = clerk.submit(&app, "/console/trash/restore", &values).await;
    assert_eq!(done.body.matches("<td>The account is restored.</td>").count(), 2, "{done:?}");
    assert_eq!(
        names(&clerk.page(&app, "/console/users?surface=admin&sort=name").await)[1..3],
        ["m00", "m01"]
    );
}
