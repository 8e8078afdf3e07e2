//! Requests that no page of ours has made.

use super::owner::{Owner, with_ada, with_pages};
use crate::admin::person::{PASSWORD, admin, member};
use crate::visitor::FormOf as _;

const WRITES: [&str; 5] = ["logout", "sessions/end", "password", "data", "delete"];

#[tokio::test]
async fn a_form_without_the_mark_of_the_session_does_nothing() {
    let (app, owner, _) = with_ada().await;
    member(&app, "eva").await;
    let other = Owner::signed_in(&app, "eva").await.mark(&app).await;
    let own = owner.mark(&app).await;
    assert_ne!(own, other);
    for path in WRITES {
        for values in [&[][..], &[("form", "")], &[("form", other.as_str())], &[("form", "x")]] {
            let answer = owner.post(&app, &format!("/account/{path}"), values).await;
            assert_eq!(answer.status, 403, "{path}: {answer:?}");
            assert!(answer.body.contains("The form is of an earlier sign-in."), "{answer:?}");
        }
        // In the query it is not looked for.
        let answer = owner.post(&app, &format!("/account/{path}?form={own}"), &[]).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    assert_eq!(owner.get(&app, "/account").await.status, 200);
}

#[tokio::test]
async fn a_write_of_another_sites_page_is_refused_though_it_has_the_mark() {
    let (app, owner, _) = with_ada().await;
    let mark = owner.mark(&app).await;
    let foreign: [&[(&str, &str)]; 6] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    for headers in foreign {
        for path in WRITES {
            let request = app.request("POST", &format!("/account/{path}")).form_of(&[("form", &mark)]);
            let request =
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            let answer = owner.send(&app, request).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}: {answer:?}");
            assert!(answer.body.contains("another site"), "{answer:?}");
        }
        // Nor does such a page sign anybody in, or bring anybody back.
        for path in ["/account/login", "/account/come-back"] {
            let request = app.request("POST", path).form_of(&[("identifier", "ada"), ("password", PASSWORD)]);
            let request =
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            let answer = Owner::stranger().send(&app, request).await;
            assert_eq!(answer.status, 403, "{headers:?}");
            assert!(!answer.headers.contains_key("set-cookie"));
        }
    }
    let origin = format!("http://{}", app.address());
    let request = app.request("POST", "/account/sessions/end").header("origin", origin);
    assert_eq!(owner.send(&app, request.form_of(&[("form", &mark)])).await.status, 303);
}

#[tokio::test]
async fn a_link_changes_nothing() {
    let (app, owner, _) = with_ada().await;
    for path in ["logout", "come-back", "sessions/end", "sessions/x/end"] {
        let answer = owner.get(&app, &format!("/account/{path}")).await;
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{path}");
    }
}

#[tokio::test]
async fn where_they_are_off_there_is_nothing_but_the_pages_behind_mailed_links() {
    let off = vestibule_tests::TestApp::on_memory().with("rate_limit.enabled", "false").start().await;
    for path in ["/account", "/account/login", "/account/password", "/account/nowhere"] {
        off.get(path).await.is_detail(404, "Not Found");
    }
    let on = with_pages().start().await;
    for app in [&off, &on] {
        for path in ["/account/activate", "/account/reset-password", "/account/%61ctivate"] {
            let page = app.get(&format!("{path}?email=a%40b.co&token=x")).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.contains("<link rel=\"stylesheet\" href=\"/account/style.css\">"), "{page:?}");
            assert!(page.header("content-security-policy").contains("style-src 'self';"));
            assert!(!page.body.contains("<style") && !page.body.contains("style=\""), "{page:?}");
        }
        assert_eq!(app.get("/account/style.css").await.status, 200);
        app.get("/accounts").await.is_detail(404, "Not Found");
        admin(app, "root").await;
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_and_one_that_is_no_form_are_refused_as_such() {
    let app = with_pages().with("server.max_body", "1KiB").start().await;
    admin(&app, "root").await;
    let root = Owner::signed_in(&app, "root").await;
    for path in ["/account/login", "/account/logout"] {
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
