//! Points contract 1 and 2.2: paths, slashes and methods.

use vestibule_tests::TestApp;

use super::person::{EMAIL, call, missing, signed_in, unlimited};

const PUBLISHED: [(&str, &str, u16); 10] = [
    ("GET", "/api/", 200),
    ("POST", "/api/email/send-verification-code", 422),
    ("POST", "/api/email/verify-code", 422),
    ("POST", "/api/users/", 422),
    ("GET", "/api/users/", 401),
    ("POST", "/api/users/login", 422),
    ("POST", "/api/users/email-exist", 422),
    ("PUT", "/api/users/change-password", 422),
    ("PUT", "/api/users/points/add", 401),
    ("PUT", "/api/users/points/deduct", 401),
];

#[tokio::test]
async fn the_index_works() {
    let app = TestApp::start().await;
    for path in ["/api/", "/api"] {
        let answer = app.get(path).await;
        answer.is(200, r#"{"message":"I am working good !"}"#);
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn every_path_is_served_with_and_without_a_slash_at_its_end() {
    let app = unlimited().await;
    for (method, path, status) in PUBLISHED {
        let bare = path.trim_end_matches('/');
        for path in [bare.to_owned(), format!("{bare}/")] {
            assert_eq!(call(&app, method, &path, &[]).await.status, status, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn head_options_and_other_methods_are_not_allowed() {
    let app = unlimited().await;
    for (allow, path, _) in PUBLISHED {
        let allow = if path == "/api/users/" { "POST" } else { allow };
        for method in ["HEAD", "OPTIONS", "DELETE", "PATCH"] {
            let answer = app.send(app.request(method, path)).await;
            assert_eq!((answer.status, answer.header("allow")), (405, allow), "{method} {path}");
            if method != "HEAD" {
                answer.is_detail(405, "Method Not Allowed");
            }
        }
    }
}

#[tokio::test]
async fn unknown_paths_are_answered_in_the_dialect() {
    let app = TestApp::start().await;
    for path in [
        "/api/nope",
        "/api/users/nope",
        "/api/users/points",
        "/api/users/points/",
        "/api/email",
        "/api/cashback/add",
    ] {
        app.get(path).await.is_detail(404, "Not Found");
    }
}

/// The path of the confirmation link lies below a prefix of this surface, and is of `contacts`.
#[tokio::test]
async fn the_confirmation_link_of_contacts_is_not_taken() {
    let app = TestApp::start().await;
    app.get("/api/email/confirm/x").await.is_detail(422, "Invalid token for email verification");
    let app = TestApp::on_memory().with("surfaces.contacts.enabled", "false").start().await;
    app.get("/api/email/confirm/x").await.is_detail(404, "Not Found");
}

#[tokio::test]
async fn the_documentation_is_a_page_under_either_form() {
    let app = TestApp::start().await;
    for path in ["/api/docs", "/api/docs/"] {
        let answer = app.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/html"));
        assert!(answer.body.contains("<base href=\"/api/docs/\">"), "{}", answer.body);
        app.send(app.request("HEAD", path)).await.is(200, "");
    }
}

#[tokio::test]
async fn a_surface_that_is_off_serves_nothing() {
    let app = TestApp::on_memory().with("surfaces.points.enabled", "false").start().await;
    for (method, path, _) in PUBLISHED {
        call(&app, method, path, &[]).await.is_detail(404, "Not Found");
    }
    assert_eq!(app.get("/openapi/points.json").await.status, 404);
}

#[tokio::test]
async fn a_failure_is_a_constant_text() {
    use vestibule_infrastructure::faulty::Fault;

    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    call(&app, "POST", "/api/users/", &[])
        .await
        .is(422, &missing(&["username", "email", "password", "phone_number"]));
    app.faults.fail_everything(Fault::Unexpected);
    for (method, path, fields) in [
        ("GET", "/api/users", [("access_token", token.as_str()), ("x", "")]),
        ("PUT", "/api/users/points/add", [("access_token", token.as_str()), ("points", "5")]),
        ("POST", "/api/users/login", [("email", EMAIL), ("password", "x")]),
        ("POST", "/api/users/email-exist", [("email", EMAIL), ("x", "")]),
        ("POST", "/api/email/send-verification-code", [("to", EMAIL), ("x", "")]),
        ("POST", "/api/email/verify-code", [("to", EMAIL), ("code", "1234")]),
    ] {
        let answer = call(&app, method, path, &fields).await;
        answer.is(500, "Internal Server Error");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    }
}
