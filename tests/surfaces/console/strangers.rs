//! Requests that no page of the console has made.

use super::clerk::{Clerk, staffed, with_console};
use crate::admin::person::{PASSWORD, admin, email};
use crate::visitor::FormOf as _;

#[tokio::test]
async fn a_form_without_the_mark_of_the_session_does_nothing() {
    let (app, clerk, ada) = staffed().await;
    admin(&app, "eva").await;
    let other = Clerk::signed_in(&app, "eva").await.mark(&app).await;
    let own = clerk.mark(&app).await;
    assert_ne!(own, other);
    let path = format!("/console/users/{ada}/trash");
    for values in [&[][..], &[("form", "")], &[("form", other.as_str())], &[("form", "x")]] {
        let answer = clerk.post(&app, &path, values).await;
        assert_eq!(answer.status, 403, "{answer:?}");
        assert!(answer.body.contains("The form is of an earlier sign-in."), "{answer:?}");
    }
    // In the query it is not looked for.
    let answer = clerk.post(&app, &format!("{path}?form={own}"), &[]).await;
    assert_eq!(answer.status, 403);
    assert!(clerk.page(&app, &format!("/console/users/{ada}")).await.contains("<dd>active</dd>"));
    assert_eq!(clerk.post(&app, &path, &[("form", &own)]).await.status, 303);
}

#[tokio::test]
async fn a_write_of_another_sites_page_is_refused_though_it_has_the_mark() {
    let (app, clerk, ada) = staffed().await;
    let mark = clerk.mark(&app).await;
    let path = format!("/console/users/{ada}/trash");
    let foreign: [&[(&str, &str)]; 6] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    for headers in foreign {
        let request = app.request("POST", &path).form_of(&[("form", &mark)]);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = clerk.send(&app, request).await;
        assert_eq!(answer.status, 403, "{headers:?}: {answer:?}");
        assert!(answer.body.contains("another site"), "{answer:?}");

        // Nor does such a page sign anybody in.
        let values = [("identifier", "root"), ("password", PASSWORD)];
        let request = app.request("POST", "/console/login").form_of(&values);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = Clerk::stranger().send(&app, request).await;
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let origin = format!("http://{}", app.address());
    let request = app.request("POST", &path).header("origin", origin).form_of(&[("form", &mark)]);
    assert_eq!(clerk.send(&app, request).await.status, 303);
}

#[tokio::test]
async fn a_link_changes_nothing() {
    let (app, clerk, ada) = staffed().await;
    for path in ["reset", "role", "trash", "restore", "purge", "sessions/end"] {
        let answer = clerk.get(&app, &format!("/console/users/{ada}/{path}")).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{path}");
        assert!(answer.body.contains("<h1>Nothing was done</h1>"), "{answer:?}");
    }
    assert_eq!(clerk.get(&app, "/console/logout").await.status, 405);
}

#[tokio::test]
async fn where_it_is_off_there_is_nothing_and_other_surfaces_are_as_they_were() {
    let off = vestibule_tests::TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    for path in ["/console", "/console/login", "/console/style.css", "/console/users"] {
        off.get(path).await.is_detail(404, "Not Found");
    }
    let on = with_console().start().await;
    for app in [&off, &on] {
        admin(app, "root").await;
        let login = app
            .post("/api/v1/auth/login", &serde_json::json!({"email": email("root"), "password": PASSWORD}))
            .await;
        assert_eq!(login.status, 200);
        app.get("/nowhere").await.is_detail(404, "Not Found");
        app.get("/health/live").await.is(200, r#"{"status":"up"}"#);
        app.get("/api/v1/auth/users").await.is_detail(401, "Not authenticated");
    }
}

#[tokio::test]
async fn in_production_nobody_on_the_network_learns_that_it_is_there() {
    let app = with_console().in_production().start().await;
    assert_eq!(app.get("/console/login").await.status, 200);
    let told = async |method: &str, path: &str| {
        // As a proxy on this machine passes it on.
        let request =
            app.request(method, path).header("via", "1.1 nginx").header("sec-fetch-site", "same-origin");
        let mut answer = app.send(request).await;
        for its_own in ["date", "x-request-id"] {
            assert!(answer.headers.remove(its_own).is_some(), "{answer:?}");
        }
        (answer.status, answer.headers, answer.body)
    };
    for method in ["GET", "HEAD", "POST", "PUT", "OPTIONS"] {
        let of_nothing = told(method, "/nowhere").await;
        for path in ["", "/", "/login", "/style.css", "/script.js", "/users", "/nowhere", "/catalogue/upload"]
        {
            assert_eq!(told(method, &format!("/console{path}")).await, of_nothing, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_and_one_that_is_no_form_are_refused_as_such() {
    let app = with_console().with("server.max_body", "1KiB").start().await;
    admin(&app, "root").await;
    let root = Clerk::signed_in(&app, "root").await;
    for path in ["/console/login", "/console/logout"] {
        let answer = root.post(&app, path, &[("form", &"x".repeat(2048))]).await;
        assert_eq!(answer.status, 413, "{path}: {answer:?}");
        assert!(answer.body.contains("The request is too large."), "{path}: {answer:?}");
        let request = app.request("POST", path).header("content-type", "application/json");
        let request = request.header("sec-fetch-site", "same-origin").body("{}");
        let answer = root.send(&app, request).await;
        assert_eq!(answer.status, 400, "{path}: {answer:?}");
        assert!(answer.body.contains("The request could not be read."), "{path}: {answer:?}");
    }
}
