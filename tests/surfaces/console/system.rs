//! What runs, and on what.

use super::clerk::{Clerk, staffed, with_console};
use crate::admin::person::admin;

#[tokio::test]
async fn the_parts_and_the_settings_are_shown_without_secrets() {
    const SECRET: &str = "a-gateway-key-that-nobody-may-read";
    let builder = with_console().with("sms.secret", SECRET).with("doors.admin_signup", "true");
    let app = builder.start().await;
    admin(&app, "root").await;
    let page = Clerk::signed_in(&app, "root").await.page(&app, "/console/system").await;
    for part in [
        &*format!("<dt>Version</dt><dd>{}</dd>", env!("CARGO_PKG_VERSION")),
        "<dt>database</dt><dd>answers</dd>",
        "<dt>cache</dt><dd>answers</dd>",
        "[console]",
        "admin_signup",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains(SECRET) && page.contains("***"), "{page}");
}

#[tokio::test]
async fn the_page_is_as_guarded_as_the_others() {
    let (app, clerk, _) = staffed().await;
    let answer = clerk.get(&app, "/console/system").await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(answer.body.len() < 60_000, "{} bytes", answer.body.len());
    assert_eq!(app.get("/console/system").await.status, 303);
}
