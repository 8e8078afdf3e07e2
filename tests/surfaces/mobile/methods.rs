//! Paths, slashes and methods: mobile contract 1, decisions 2 and 12.

use serde_json::json;

use super::person::{MOBILE, NAME, call, says, signed_in, unlimited};

const OF_USER: &str = "GET, HEAD, OPTIONS, PATCH, DELETE";
const OF_BOTH: &str = "GET, HEAD, OPTIONS, POST, PATCH, DELETE";

#[tokio::test]
async fn options_names_all_methods_of_a_path_and_asks_for_no_token() {
    let app = unlimited().start().await;
    for (path, allow) in [
        ("/user", "GET, HEAD, OPTIONS, POST"),
        ("/user/", "GET, HEAD, OPTIONS, POST"),
        ("/user/login", OF_BOTH),
        ("/user/login/", OF_BOTH),
        ("/user/lo%67in", OF_BOTH),
        ("/user/activate-account/", OF_BOTH),
        ("/user/activate-account", OF_BOTH),
        ("/user/change-password/x", OF_BOTH),
        ("/user/refresh-token/", OF_USER),
        ("/user/logout/", "GET, OPTIONS, POST, PATCH, DELETE"),
        ("/user/x", OF_USER),
        ("/user/a/b", OF_USER),
    ] {
        let answer = app.send(app.request("OPTIONS", path)).await;
        answer.is(200, "");
        assert_eq!(
            (answer.header("allow"), answer.header("content-type")),
            (allow, "text/html; charset=utf-8"),
            "{path}"
        );
    }
    assert_eq!(app.send(app.request("OPTIONS", "/users")).await.status, 404);
}

#[tokio::test]
async fn a_method_that_a_path_has_not_is_405() {
    let app = unlimited().start().await;
    for (method, path, allow) in [
        ("PUT", "/user", "GET, HEAD, OPTIONS, POST"),
        ("PATCH", "/user", "GET, HEAD, OPTIONS, POST"),
        ("PUT", "/user/x", OF_USER),
        ("POST", "/user/x", OF_USER),
        ("POST", "/user/change-password", OF_USER),
        ("POST", "/user/refresh-token", OF_USER),
        ("POST", "/user/refresh-token/", OF_USER),
        ("PUT", "/user/login", OF_BOTH),
        ("HEAD", "/user/logout/", "GET, OPTIONS, POST, PATCH, DELETE"),
    ] {
        let answer = app.send(app.request(method, path)).await;
        assert_eq!((answer.status, answer.header("allow")), (405, allow), "{method} {path}");
        if method != "HEAD" {
            says(&answer, 405, "Method Not Allowed");
        }
    }
    for method in ["PATCH", "DELETE"] {
        says(&app.send(app.request(method, "/user/")).await, 404, "Not Found");
    }
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let own = format!("/user/{}", ada.uuid);
    for (path, token, status) in [
        ("/user", &ada.access, 200),
        ("/user?page=1", &ada.access, 200),
        ("/user/refresh-token/", &ada.refresh, 200),
        (&own, &ada.access, 200),
        ("/user/x", &ada.access, 404),
        ("/user/login", &ada.access, 404),
    ] {
        let answer = call(&app, "HEAD", path, token, None).await;
        answer.is(status, "");
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert_eq!(app.send(app.request("HEAD", path)).await.status, 401, "{path}");
    }
    let head = call(&app, "HEAD", "/user/logout", &ada.access, None).await;
    assert_eq!(head.status, 405);
    assert_eq!(call(&app, "GET", "/user", &ada.access, None).await.status, 200, "nobody was logged out");
}

#[tokio::test]
async fn both_forms_of_every_path_are_served() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    let own = format!("/user/{}", ada.uuid);
    for (method, path) in [("GET", "/user"), ("GET", &own), ("PATCH", &own)] {
        for slash in ["", "/"] {
            // PATCH of the list is none.
            let body = (method == "PATCH").then(|| json!({}));
            let answer = call(&app, method, &format!("{path}{slash}"), &ada.access, body.as_ref()).await;
            assert_eq!(answer.status, 200, "{method} {path}{slash}");
        }
    }
    for (path, status) in [("/user", 400), ("/user/login", 400), ("/user/activate-account", 400)] {
        for slash in ["", "/"] {
            assert_eq!(app.post(&format!("{path}{slash}"), &json!({})).await.status, status, "{path}{slash}");
        }
    }
    for (path, token) in [("/user/refresh-token", &ada.refresh), ("/user/logout/", &ada.access)] {
        assert_eq!(call(&app, "GET", path, token, None).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_path_with_a_name_is_an_id_to_the_other_methods() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    for path in
        ["/user/login", "/user/login/", "/user/activate-account", "/user/change-password/x", "/user/a/b"]
    {
        assert_eq!(app.get(path).await.status, 401);
        says(&call(&app, "GET", path, &ada.access, None).await, 404, "User not found.");
    }
    for method in ["PATCH", "DELETE"] {
        says(&call(&app, method, "/user/logout", &ada.access, None).await, 404, "User not found.");
    }
}
