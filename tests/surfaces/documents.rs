//! OpenAPI documents and their reader.

use vestibule_tests::TestApp;

#[tokio::test]
async fn every_operation_is_documented_with_its_errors() {
    let app = TestApp::start().await;
    let document = app.get("/openapi/theater.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    assert!(!paths.is_empty());
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            assert!(responses.contains_key("422"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn swagger_ui_comes_from_the_server_alone() {
    let app = TestApp::start().await;
    for path in ["/docs", "/api/docs"] {
        let answer = app.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (307, "/api/docs/"));
    }
    let page = app.get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("https://") && !page.body.contains("//unpkg"));
    assert!(page.header("content-security-policy").contains("script-src 'self'"));
    let start = app.get("/api/docs/swagger-initializer.js").await;
    assert!(start.body.contains("/openapi/theater.json"));
    assert_eq!(app.get("/api/docs/../../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn a_surface_that_is_off_is_neither_served_nor_documented() {
    let app = TestApp::on_memory().with("surfaces.theater.enabled", "false").start().await;
    assert_eq!(app.get("/openapi/theater.json").await.status, 404);
    assert_eq!(app.get("/api/v1/accounts/login/").await.status, 404);
}
