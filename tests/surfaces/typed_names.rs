//! A name is the same name however it was typed, at every surface and on every store: `é` is one character, or `e` and an
//! accent.

use serde_json::{Value, json};
use vestibule_tests::{TestApp, TestAppBuilder, on_every_store};

use crate::contacts::person as contacts;
use crate::mobile::person as mobile;

on_every_store!(
    a_user_name_is_taken_and_found_at_admin,
    a_user_name_is_taken_signs_in_and_is_found_at_mobile,
    a_contact_is_found_and_answered_as_it_was_given,
    a_genre_is_the_same_genre_at_theater,
);

const COMPOSED: &str = "zoë";
const DECOMPOSED: &str = "zoe\u{308}";

async fn unlimited(app: TestAppBuilder) -> TestApp {
    app.with("rate_limit.enabled", "false").start().await
}

async fn a_user_name_is_taken_and_found_at_admin(app: TestAppBuilder) {
    let app = unlimited(app).await;
    let signup = async |path: &str, name: &str, email: &str| {
        let body = json!({"email": email, "username": name, "password": "Engine1843"});
        app.post(path, &body).await
    };
    let (users, admins) = ("/api/v1/auth/signup", "/api/v1/auth/admin/signup");
    assert_eq!(signup(users, DECOMPOSED, "zoe@example.com").await.status, 201);
    assert_eq!(signup(admins, "root", "root@example.com").await.status, 201);
    for path in [users, admins] {
        let refused = signup(path, COMPOSED, "other@example.com").await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("User already exists with this username"), "{refused:?}");
    }
    let body = json!({"email": "root@example.com", "password": "Engine1843"});
    let token = app.post("/api/v1/auth/login", &body).await.text("access_token");
    for part in ["zo%C3%AB", "zoe%CC%88", "ZO%C3%8B", "%C3%AB", "e%CC%88"] {
        let request = app.request("GET", &format!("/api/v1/auth/users?q={part}"));
        let listed = app.send(request.header("authorization", format!("Bearer {token}"))).await.json();
        assert_eq!(listed["data"][0]["username"], DECOMPOSED, "{part}: {listed}");
    }
}

async fn a_user_name_is_taken_signs_in_and_is_found_at_mobile(app: TestAppBuilder) {
    let app = unlimited(app).await;
    let zoe = mobile::signed_in(&app, COMPOSED, "01700000002").await;
    assert_ne!(mobile::register(&app, DECOMPOSED, "01700000003").await.status, 200);
    for name in [DECOMPOSED, COMPOSED, "ZOE\u{308}"] {
        assert_eq!(mobile::log_in(&app, name, mobile::PASSWORD).await.status, 200, "{name:?}");
    }
    for part in ["zo%C3%AB", "zoe%CC%88", "E%CC%88"] {
        let path = format!("/user?q={part}");
        let listed = mobile::call(&app, "GET", &path, &zoe.access, None).await;
        assert!(listed.body.contains(&zoe.uuid), "{part}: {listed:?}");
    }
}

async fn a_contact_is_found_and_answered_as_it_was_given(app: TestAppBuilder) {
    let app = unlimited(app).await;
    let (token, _) = contacts::signed_in(&app, contacts::EMAIL).await;
    let id = contacts::add(&app, &token, &contacts::contact("Zoe\u{308} Washburne")).await;
    for part in ["zo%C3%AB", "zoe%CC%88", "ZO%C3%8B%20W", "e%CC%88"] {
        let found = contacts::call(&app, "GET", &format!("/api/contacts/{part}"), &token, None).await.json();
        assert_eq!(
            (found["id"].as_i64(), &found["fullname"]),
            (Some(id), &json!("Zoe\u{308} Washburne")),
            "{part}"
        );
    }
    assert_eq!(contacts::call(&app, "GET", "/api/contacts/zoe", &token, None).await.status, 404);
}

async fn a_genre_is_the_same_genre_at_theater(app: TestAppBuilder) {
    let app = unlimited(app).await;
    let film = |name: &str, named: Value| {
        json!({
            "name": name, "date": "1927-01-10", "score": 89, "overview": "A city.", "status": "Released",
            "budget": 1, "revenue": 1, "country": "de", "genres": named, "actors": named, "languages": named,
        })
    };
    let create = async |name: &str, named: Value| {
        let created = app.post("/api/v1/theater/movies/", &film(name, named)).await;
        assert_eq!(created.status, 201, "{created:?}");
        created.json()
    };
    let first = create("One", json!(["come\u{301}die"])).await;
    let second = create("Two", json!(["COMÉDIE", "comédie", "come\u{301}die"])).await;
    for kind in ["genres", "actors", "languages"] {
        assert_eq!(first[kind][0]["name"], "Come\u{301}Die");
        assert_eq!(second[kind], first[kind]);
    }
}
