//! The search: by a part inside an address, and by what may be an id or a name.

use serde_json::json;
use vestibule_application::accounts::{Administrator, NamedAccount};
use vestibule_tests::TestApp;

use super::clerk::staffed;
use super::lists::link;
use crate::admin::person::{PASSWORD, member};

/// Somebody with this name and this address. Answers the id.
async fn member_at(app: &TestApp, name: &str, address: &str) -> String {
    let body = json!({"email": address, "username": name, "password": PASSWORD});
    let signed_up = app.post("/api/v1/auth/signup", &body).await;
    assert_eq!(signed_up.status, 201, "{signed_up:?}");
    inspected(app, address).await.0
}

/// The opaque id and the number of an account.
async fn inspected(app: &TestApp, name: &str) -> (String, String) {
    let named = NamedAccount::parse(name).unwrap();
    let found = app.services.inspect_account.execute(Administrator::operator(), &named).await.unwrap();
    (found.account.uuid.0.to_string(), found.account.id.to_string())
}

#[tokio::test]
async fn an_account_is_found_by_a_part_in_the_middle_of_its_address() {
    let (app, clerk, _) = staffed().await;
    let id = member_at(&app, "countess", "ada.lovelace@example.org").await;
    for part in ["ovelace", "OVELACE%40EX", "example.org", ".l"] {
        let page = clerk.page(&app, &format!("/console/users?q={part}")).await;
        let (before, parts) = page.split_once("<h2 id=\"parts\">Addresses with this part</h2>").unwrap();
        assert!(parts.contains(&format!("/console/users/{id}\"><bdi>countess</bdi></a>")), "{part}: {page}");
        assert!(!before.contains(&id), "{part} is neither its beginning nor in its name: {page}");
        assert!(!page.contains("No account fits."), "{page}");
    }
    clerk.submit(&app, &format!("/console/users/{id}/trash"), &[]).await;
    let page = clerk.page(&app, "/console/users?q=ovelace").await;
    assert!(page.contains("><bdi>countess</bdi></a> (in the trash)</th>"), "{page}");
    // Whose address begins so stands with the beginnings alone.
    let page = clerk.page(&app, "/console/users?q=ada.love").await;
    assert_eq!(page.matches(&format!("/console/users/{id}\"")).count(), 1, "{page}");
}

#[tokio::test]
async fn hits_inside_addresses_go_on_page_by_page() {
    let (app, clerk, _) = staffed().await;
    for number in 0..26 {
        member(&app, &format!("m{number:02}")).await;
    }
    let first = clerk.page(&app, "/console/users?q=%40example").await;
    assert_eq!(first.matches("<th scope=\"row\">").count(), 25, "{first}");
    let next = link(&first, "next").unwrap();
    assert!(next.starts_with("/console/users?q=%40example&by=part&after=m"), "{next}");
    assert!(!first.contains("data-on"), "the page is full: {first}");
    let second = clerk.page(&app, &next).await;
    assert_eq!(second.matches("<th scope=\"row\">").count(), 3, "{second}");
    assert!(link(&second, "next").is_none() && !second.contains("id=\"names\""), "{second}");
    for after in ["", "zzz", "%00", "%C3%A9", "%25"] {
        clerk.page(&app, &format!("/console/users?q=m&by=part&after={after}")).await;
    }
}

#[tokio::test]
async fn digits_show_the_account_with_this_id_and_those_that_are_called_so() {
    let (app, clerk, _) = staffed().await;
    let (root, number) = inspected(&app, "root").await;
    let named = member_at(&app, &number, "digits@example.com").await;
    let page = clerk.page(&app, &format!("/console/users?q={number}")).await;
    for id in [&root, &named] {
        assert!(
            page.contains(&format!("This account fits exactly: <a href=\"/console/users/{id}\">")),
            "{page}"
        );
    }
    assert!(page.contains("<h2 id=\"names\">"), "{page}");

    // The page of an account has a path with each id that it shows.
    let by_number = clerk.page(&app, &format!("/console/users/{number}")).await;
    assert!(by_number.contains("<h1>root</h1>") && by_number.contains(&root), "{by_number}");
    let (_, other) = inspected(&app, &named).await;
    let answer = clerk.submit(&app, &format!("/console/users/{other}/trash"), &[]).await;
    assert_eq!(answer.header("location"), format!("/console/users/{named}?done=trashed"), "{answer:?}");
    let answer = clerk.submit(&app, &format!("/console/users/{other}/restore"), &[]).await;
    assert_eq!(answer.header("location"), format!("/console/users/{named}?done=restored"), "{answer:?}");
}
