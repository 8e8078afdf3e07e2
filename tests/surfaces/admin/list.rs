//! Admin contract 2.6, decision 10.

use std::time::Duration;

use super::person::{NOW, admin, email, member, unlimited};

const PATH: &str = "/api/v1/auth/users";

#[tokio::test]
async fn accounts_are_listed_as_published() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    let ada = member(&app, "ada").await;
    let expected = format!(
        r#"{{"total":2,"has_previous":null,"has_next":null,"data":[{{"id":"{}","email":"root@example.com","role":"admin","username":"root","created_at":"{NOW}","updated_at":null,"is_deleted":false,"updated_by":null}},{{"id":"{}","email":"ada@example.com","role":"regular","username":"ada","created_at":"{NOW}","updated_at":null,"is_deleted":false,"updated_by":null}}]}}"#,
        root.id, ada.id
    );
    for path in [PATH.to_owned(), format!("{PATH}/")] {
        root.get(&app, &path).await.is(200, &expected);
    }
}

#[tokio::test]
async fn pages_have_neighbours() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    for number in 0..4 {
        app.clock.advance(Duration::from_secs(1));
        member(&app, &format!("u{number}")).await;
    }
    let page = async |query: &str| {
        let page = root.get(&app, &format!("{PATH}?{query}")).await;
        let json = page.json();
        let names: Vec<_> = json["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect();
        (
            names.join(" "),
            json["total"].to_string(),
            json["has_previous"].to_string(),
            json["has_next"].to_string(),
        )
    };
    let told = |names: &str, total: &str, previous: &str, next: &str| {
        (names.to_owned(), total.to_owned(), previous.to_owned(), next.to_owned())
    };
    assert_eq!(page("per_page=2").await, told("root u0", "5", "null", "true"));
    assert_eq!(page("per_page=2&page=2").await, told("u1 u2", "5", "true", "true"));
    assert_eq!(page("per_page=2&page=3").await, told("u3", "5", "true", "null"));
    assert_eq!(page("per_page=2&page=9").await, told("", "5", "true", "null"));
    assert_eq!(page("q=U&per_page=3").await, told("u0 u1 u2", "4", "null", "true"));
    assert_eq!(page("q=").await.1, "5");
    assert_eq!(page("q=.*").await, told("", "0", "null", "null"));
    assert_eq!(page("page=99999999999999999999999").await, told("", "5", "true", "null"));
    // Blanks, signs and fractions of zero are forgiven; of two values the last one counts.
    assert_eq!(page("page=%201.0&per_page=%2B3&per_page=2").await, told("root u0", "5", "null", "true"));
}

#[tokio::test]
async fn those_in_the_trash_are_not_listed() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    root.trash(&app, &ada.id).await.is(204, "");
    let listed = root.get(&app, PATH).await.json();
    assert_eq!((&listed["total"], listed["data"].as_array().unwrap().len()), (&1.into(), 1));
}

#[tokio::test]
async fn only_administrators_list() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    ada.get(&app, PATH).await.is(403, r#"{"detail":"You don't have access to perform this action"}"#);
    // Values are judged before roles.
    assert_eq!(ada.get(&app, &format!("{PATH}?page=0")).await.status, 422);
    app.get(PATH).await.is(401, r#"{"detail":"Not authenticated"}"#);
}

#[tokio::test]
async fn numbers_have_bounds() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    root.get(&app, &format!("{PATH}?page=0&per_page=31")).await.is(
        422,
        r#"{"detail":[{"type":"greater_than_equal","loc":["query","page"],"msg":"Input should be greater than or equal to 1","input":"0","ctx":{"ge":1}},{"type":"less_than_equal","loc":["query","per_page"],"msg":"Input should be less than or equal to 30","input":"31","ctx":{"le":30}}]}"#,
    );
    for value in ["", "1.5", "1e1", "true", "null"] {
        let answer = root.get(&app, &format!("{PATH}?page={value}")).await;
        assert!(
            answer.status == 422 && answer.body.contains(r#""type":"int_parsing""#),
            "{value}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn accounts_of_other_surfaces_are_listed_with_what_they_have() {
    let app = unlimited().await;
    let root = admin(&app, "root").await;
    let body = serde_json::json!({"email": email("eva"), "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    let listed = root.get(&app, PATH).await.json();
    assert_eq!(listed["data"][1]["email"], "eva@example.com");
    assert!(listed["data"][1]["username"].is_null());
}
