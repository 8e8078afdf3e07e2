//! OpenAPI documents and their reader.

use vestibule_tests::TestApp;

#[tokio::test]
async fn every_operation_is_documented_with_its_errors() {
    let app = TestApp::start().await;
    for (surface, operations) in [
        ("theater", &OPERATIONS[..]),
        ("contacts", &CONTACTS[..]),
        ("points", &POINTS[..]),
        ("mobile", &MOBILE[..]),
    ] {
        assert_eq!(found(&app, surface).await.join("\n"), operations.join("\n"));
    }
}

async fn found(app: &TestApp, surface: &str) -> Vec<String> {
    let document = app.get(&format!("/openapi/{surface}.json")).await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            let statuses: Vec<_> = operation["responses"].as_object().unwrap().keys().cloned().collect();
            found.push(format!("{method} {path}: {}", statuses.join(" ")));
        }
    }
    found.sort();
    found
}

/// Of each operation the statuses that it answers with.
const OPERATIONS: [&str; 11] = [
    "delete /api/v1/theater/movies/{movie_id}/: 204 401 403 404 422 503",
    "get /api/v1/theater/movies/: 200 404 422 503",
    "get /api/v1/theater/movies/{movie_id}/: 200 404 422 503",
    "patch /api/v1/theater/movies/{movie_id}/: 200 400 401 403 404 413 422 503",
    "post /api/v1/accounts/activate/: 200 400 413 422 429 503",
    "post /api/v1/accounts/login/: 201 400 401 403 413 422 429 500 503",
    "post /api/v1/accounts/password-reset/request/: 200 400 413 422 429 503",
    "post /api/v1/accounts/refresh/: 200 400 401 404 413 422 429 503",
    "post /api/v1/accounts/register/: 201 400 409 413 422 429 500 503",
    "post /api/v1/accounts/reset-password/complete/: 200 400 413 422 429 500 503",
    "post /api/v1/theater/movies/: 201 400 401 403 409 413 422 503",
];

const CONTACTS: [&str; 15] = [
    "delete /api/contacts/{contact_id}: 200 401 404 422 429 503",
    "get /: 200 429 503",
    "get /api/auth/refresh_token: 200 401 403 429 503",
    "get /api/contacts/: 200 401 422 429 503",
    "get /api/contacts/bd: 200 401 422 429 503",
    "get /api/contacts/{query}: 200 401 404 422 429 503",
    "get /api/email/confirm/{email_token}: 200 400 422 429 503",
    "patch /api/contacts/{contact_id}/avatar: 200 400 401 404 413 422 429 503",
    "post /api/auth/login: 200 400 401 413 422 429 503",
    "post /api/auth/request_email: 200 400 401 413 422 429 503",
    "post /api/auth/reset_pwd/complete: 200 400 413 422 429 503",
    "post /api/auth/reset_pwd: 200 400 401 413 422 429 503",
    "post /api/auth/signup: 201 400 409 413 422 429 503",
    "post /api/contacts/: 201 400 401 413 422 429 503",
    "put /api/contacts/{contact_id}: 200 400 401 404 413 422 429 503",
];

const POINTS: [&str; 10] = [
    "get /api/: 200 503",
    "get /api/users: 200 400 401 413 422 503",
    "post /api/email/send-verification-code: 200 400 413 422 429 503",
    "post /api/email/verify-code: 200 400 413 422 429 503",
    "post /api/users/: 200 400 413 422 503",
    "post /api/users/email-exist: 200 400 413 422 429 503",
    "post /api/users/login: 200 400 401 413 422 429 503",
    "put /api/users/change-password: 200 400 401 413 422 503",
    "put /api/users/points/add: 200 400 401 403 404 409 413 422 503",
    "put /api/users/points/deduct: 200 400 401 403 404 409 413 422 503",
];

const MOBILE: [&str; 11] = [
    "delete /user/{uuid}: 200 400 401 403 404 422 503",
    "get /user/logout/: 200 401 422 503",
    "get /user/refresh-token/: 200 401 422 429 503",
    "get /user/{uuid}: 200 400 401 403 404 422 503",
    "get /user: 200 400 401 403 422 503",
    "patch /user/{uuid}: 200 400 401 403 404 413 422 503",
    "post /user/activate-account/: 200 400 404 413 429 503",
    "post /user/change-password/{uuid}: 200 400 401 403 404 413 422 429 503",
    "post /user/login: 200 400 401 404 413 429 503",
    "post /user/logout/: 200 401 422 503",
    "post /user: 200 400 413 429 503",
];

/// What is documented is mounted: the path is known, and it has the method.
#[tokio::test]
async fn every_operation_is_answered_by_its_surface() {
    let app = TestApp::start().await;
    for surface in ["theater", "contacts", "points", "mobile"] {
        let document = app.get(&format!("/openapi/{surface}.json")).await.json();
        for (path, item) in document["paths"].as_object().unwrap() {
            let path = path.replace(['{', '}'], "");
            for method in item.as_object().unwrap().keys() {
                let answer = app.send(app.request(&method.to_uppercase(), &path)).await;
                assert_ne!(answer.status, 405, "{method} {path}");
                assert_ne!(answer.body, r#"{"detail":"Not Found"}"#, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn refusals_are_documented_with_what_clients_need() {
    let app = TestApp::start().await;
    for surface in ["theater", "contacts", "points", "mobile"] {
        say_what_clients_need(&app.get(&format!("/openapi/{surface}.json")).await.json());
    }
}

fn say_what_clients_need(document: &serde_json::Value) {
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let responses = &operation["responses"];
            for status in ["429", "503"].map(|status| &responses[status]).iter().filter(|it| it.is_object()) {
                assert!(status["description"].as_str().unwrap().contains("`Retry-After`"), "{operation}");
            }
            if operation["requestBody"].is_object() {
                let unreadable = responses["400"].to_string();
                let is_told = ["There was an error parsing the body", "Invalid JSON"];
                assert!(is_told.iter().any(|words| unreadable.contains(words)), "{operation}");
            }
        }
    }
    // Every reference leads somewhere.
    let text = document.to_string();
    for name in text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn swagger_ui_comes_from_the_server_alone() {
    let app = TestApp::start().await;
    for path in ["/docs", "/docs/"] {
        let answer = app.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (307, "/api/docs/"));
    }
    let page = app.get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("https://") && !page.body.contains("//unpkg"));
    assert!(page.header("content-security-policy").contains("script-src 'self'"));
    let start = app.get("/api/docs/swagger-initializer.js").await;
    assert!(start.body.contains("/openapi/theater.json"));
    for path in ["/api/docs/../../Cargo.toml", "/api/docs/nope", "/api/docs/%FF"] {
        app.get(path).await.is_detail(404, "Not Found");
    }
    for path in ["/api/docs/", "/openapi/theater.json"] {
        app.send(app.request("HEAD", path)).await.is(200, "");
        let answer = app.send(app.request("POST", path)).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
}

#[tokio::test]
async fn a_surface_that_is_off_is_neither_served_nor_documented() {
    let app = TestApp::on_memory().with("surfaces.theater.enabled", "false").start().await;
    assert_eq!(app.get("/openapi/theater.json").await.status, 404);
    assert_eq!(app.get("/api/v1/accounts/login/").await.status, 404);
}

#[tokio::test]
async fn documents_that_are_switched_off_are_not_there() {
    let app = TestApp::on_memory().with("features.api_docs", "false").start().await;
    for path in [
        "/docs",
        "/api/docs",
        "/api/docs/",
        "/openapi.json",
        "/openapi/theater.json",
        "/openapi/contacts.json",
    ] {
        app.get(path).await.is_detail(404, "Not Found");
    }
}
