//! What a browser gets where other clients get the answer of a contract.

use vestibule_tests::{Answer, TestApp};

use crate::contacts::person::{EMAIL, sign_up};

/// What browsers ask for when a link is opened.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn open(app: &TestApp, path: &str, accept: &str, language: &str) -> Answer {
    app.send(app.request("GET", path).header("accept", accept).header("accept-language", language)).await
}

#[tokio::test]
async fn a_browser_that_opens_a_confirm_link_gets_a_page_and_others_the_published_answer() {
    let app = TestApp::start().await;
    sign_up(&app, EMAIL).await;
    let path = format!("/api/email/confirm/{}", app.mailed_code(EMAIL).await);
    let page = open(&app, &path, BROWSER, "en").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1>Your address is confirmed</h1>"), "{}", page.body);
    assert!(page.body.contains("href=\"/account/style.css\""), "{}", page.body);
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    // The address holds the token, which stays good.
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    let page = open(&app, &path, BROWSER, "fr").await;
    assert!(page.body.contains("<h1>Votre adresse est déjà confirmée</h1>"), "{}", page.body);
    for accept in [
        "*/*",
        "application/json",
        "application/json, text/plain, */*",
        "text/html;q=0, application/xhtml+xml, */*",
        // Libraries that name what they can show.
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "application/json, text/html;q=0.1",
    ] {
        let answer = open(&app, &path, accept, "en").await;
        answer.is(200, r#"{"message":"Your email is already confirmed"}"#);
    }
    assert_eq!(app.send(app.request("HEAD", &path).header("accept", BROWSER)).await.status, 405);
}

#[tokio::test]
async fn a_confirm_link_that_is_not_good_is_a_page_too() {
    let app = TestApp::start().await;
    let page = open(&app, "/api/email/confirm/nonsense", BROWSER, "en").await;
    assert_eq!(page.status, 400);
    assert!(page.body.contains("This link is not valid"), "{}", page.body);
    open(&app, "/api/email/confirm/a/b", BROWSER, "en").await.is_detail(404, "Not Found");
}

#[tokio::test]
async fn in_development_a_browser_is_told_what_there_is_to_see() {
    let app = TestApp::on_memory().with("account_pages.enabled", "true").start().await;
    let page = open(&app, "/", BROWSER, "en").await;
    assert_eq!(page.status, 200);
    for path in ["/api/docs/", "/openapi.json", "/dev/mailbox", "/account"] {
        assert!(page.body.contains(&format!("<a href=\"{path}\">")), "{path}: {}", page.body);
    }
    assert!(!page.body.contains("/console"), "{}", page.body);
    // As published (contacts contract 2.0).
    open(&app, "/", "*/*", "en").await.is(200, r#"{"message":"It works!"}"#);
}

#[tokio::test]
async fn where_the_documents_are_not_served_nothing_is_told() {
    let app = TestApp::on_memory().with("features.api_docs", "false").start().await;
    open(&app, "/", BROWSER, "en").await.is(200, r#"{"message":"It works!"}"#);
}

#[tokio::test]
async fn pages_and_answers_of_a_confirm_link_are_counted_together() {
    let app = TestApp::start().await;
    sign_up(&app, EMAIL).await;
    let path = format!("/api/email/confirm/{}", app.mailed_code(EMAIL).await);
    for number in 0..10 {
        let accept = if number % 2 == 0 { BROWSER } else { "*/*" };
        assert_eq!(open(&app, &path, accept, "en").await.status, 200);
    }
    assert_eq!(open(&app, &path, BROWSER, "en").await.status, 429);
    assert_eq!(open(&app, &path, "*/*", "en").await.status, 429);
}

#[tokio::test]
async fn a_stranger_gets_no_page() {
    let app = TestApp::start().await;
    for path in ["/", "/api/email/confirm/nonsense"] {
        let request = app.request("GET", path).header("accept", BROWSER).header("host", "evil.example");
        assert_eq!(app.send(request).await.status, 403, "{path}");
    }
}
