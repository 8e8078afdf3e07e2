//! Signing in and out.

use std::time::Duration;

use super::owner::{COOKIE, Owner, leads_to_sign_in, with_ada, with_pages};
use crate::admin::person::{PASSWORD, admin, email, member, user_path};
use crate::console::clerk::Clerk;
use crate::visitor::FormOf as _;

const PAGES: [&str; 4] = ["/account", "/account/password", "/account/data", "/account/delete"];

#[tokio::test]
async fn everybody_signs_in_by_address_or_name_and_out() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    for identifier in ["ada@example.com", "ADA"] {
        let owner = Owner::stranger();
        let form = owner.page(&app, "/account/login").await;
        assert!(form.contains("<label for=\"identifier\">E-mail address or user name</label>"), "{form}");
        let answer = owner.sign_in(&app, identifier, PASSWORD).await;
        assert_eq!((answer.status, answer.header("location"), answer.body.as_str()), (303, "/account", ""));
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(&format!("{COOKIE}=")), "{cookie}");
        assert!(cookie.ends_with("; Path=/account; HttpOnly; SameSite=Strict"), "{cookie}");
        let page = owner.page(&app, "/account").await;
        assert!(page.contains("<h1>Sessions</h1>") && page.contains("<bdi>ada@example.com</bdi>"), "{page}");
        // Who is signed in need not sign in.
        let again = owner.get(&app, "/account/login").await;
        assert_eq!((again.status, again.header("location")), (303, "/account"));

        let token = owner.cookie.borrow().clone();
        let out = owner.submit(&app, "/account/logout", &[]).await;
        assert_eq!((out.status, out.header("location")), (303, "/account/login?done=signed-out"));
        assert!(out.header("set-cookie").contains("=; Path=/account; Max-Age=0;"));
        assert!(owner.page(&app, "/account/login?done=signed-out").await.contains("You are signed out."));
        *owner.cookie.borrow_mut() = token;
        leads_to_sign_in(&owner.get(&app, "/account").await);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_alike_beside_the_form() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let owner = Owner::stranger();
    let wrong = owner.sign_in(&app, "ada", "Engine1844").await;
    let unknown = owner.sign_in(&app, "nobody", PASSWORD).await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, 403, "{answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
        let fault = "<p role=\"alert\" class=\"fault\" id=\"problem\">The name or the password is wrong.</p>";
        assert!(answer.body.contains(fault) && !answer.body.contains("Engine184"), "{answer:?}");
    }
    assert_eq!(wrong.body.replace("\"ada\"", "\"nobody\""), unknown.body);
}

#[tokio::test]
async fn without_a_session_of_these_pages_every_page_leads_to_the_sign_in() {
    let (app, owner, ada) = with_ada().await;
    let good = owner.cookie.borrow().clone();
    let flipped = format!("{}x", &good[..good.len() - 1]);
    for token in ["", "x", flipped.as_str(), ada.token.as_str(), ada.refresh.as_str()] {
        *owner.cookie.borrow_mut() = token.to_owned();
        for path in PAGES {
            leads_to_sign_in(&owner.get(&app, path).await);
        }
        for path in ["logout", "sessions/end", "sessions/x/end", "password", "data", "delete"] {
            leads_to_sign_in(&owner.post(&app, &format!("/account/{path}"), &[]).await);
        }
    }
    // Of two cookies one is somebody else's.
    let two = app.request("GET", "/account").header("cookie", format!("{COOKIE}={good}; {COOKIE}=x"));
    leads_to_sign_in(&app.send(two).await);
}

#[tokio::test]
async fn a_cookie_of_the_console_is_none_here_nor_one_of_here_at_the_console_or_elsewhere() {
    let app = with_pages().with("console.enabled", "true").start().await;
    let root = admin(&app, "root").await;
    let clerk = Clerk::signed_in(&app, "root").await;
    let owner = Owner::signed_in(&app, "root").await;
    let (console, account) = (clerk.cookie.borrow().clone(), owner.cookie.borrow().clone());
    *owner.cookie.borrow_mut() = console;
    leads_to_sign_in(&owner.get(&app, "/account").await);
    *clerk.cookie.borrow_mut() = account.clone();
    assert_eq!(clerk.get(&app, "/console").await.header("location"), "/console/login");
    for path in [user_path(&root.id), "/api/v1/auth/users".to_owned()] {
        let request = app.request("GET", &path).header("authorization", format!("Bearer {account}"));
        assert_eq!(app.send(request).await.status, 401, "{path}");
    }
    *owner.cookie.borrow_mut() = account;
    assert_eq!(owner.get(&app, "/account").await.status, 200);
}

#[tokio::test]
async fn each_sign_in_opens_a_session_of_its_own_whatever_cookie_came_with_it() {
    let (app, owner, _) = with_ada().await;
    let first = owner.cookie.borrow().clone();
    let answer = owner.sign_in(&app, "ada", PASSWORD).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let second = owner.cookie.borrow().clone();
    assert_ne!(first, second);
    let planted = Owner::stranger();
    *planted.cookie.borrow_mut() = "planted".to_owned();
    planted.sign_in(&app, "ada", PASSWORD).await;
    assert_ne!(*planted.cookie.borrow(), "planted");
    let page = planted.page(&app, "/account").await;
    assert_eq!(page.matches("<td>account</td>").count(), 3, "{page}");
}

#[tokio::test]
async fn attempts_are_throttled_as_logins_are() {
    let app = vestibule_tests::TestApp::on_memory().with("account_pages.enabled", "true").start().await;
    member(&app, "ada").await;
    for path in ["/account/login", "/account/come-back"] {
        let owner = Owner::stranger();
        let mut last = 403;
        for _ in 0..150 {
            let values = [("identifier", "ada"), ("password", "wrong")];
            let answer = owner.post(&app, path, &values).await;
            last = answer.status;
            if last == 429 {
                assert!(answer.body.contains("There were too many attempts."), "{answer:?}");
                assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
                break;
            }
        }
        assert_eq!(last, 429, "{path}");
    }
}

#[tokio::test]
async fn the_sign_in_leads_nowhere_but_to_these_pages() {
    let app = with_pages().start().await;
    member(&app, "ada").await;
    let owner = Owner::stranger();
    let path = "/account/login?next=https://evil.example/&done=https://evil.example/";
    assert!(!owner.page(&app, path).await.contains("evil.example"));
    let values = [("identifier", "ada"), ("password", PASSWORD), ("next", "//evil.example")];
    let answer = owner.post(&app, path, &values).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/account"));
}

#[tokio::test]
async fn a_session_that_nobody_uses_for_half_an_hour_or_that_is_old_is_over() {
    let (app, owner, _) = with_ada().await;
    let minute = Duration::from_mins(1);
    let mark = owner.mark(&app).await;
    for _ in 0..28 {
        app.clock.advance(25 * minute);
        assert_eq!(owner.get(&app, "/account").await.status, 200);
    }
    assert_eq!(owner.mark(&app).await, mark, "a form that is open for long is good");
    app.clock.advance(20 * minute);
    leads_to_sign_in(&owner.get(&app, "/account").await);
    let owner = Owner::signed_in(&app, "ada").await;
    app.clock.advance(31 * minute);
    leads_to_sign_in(&owner.get(&app, "/account").await);
}

#[tokio::test]
async fn the_trash_ends_the_session_at_once() {
    let (app, owner, ada) = with_ada().await;
    let root = admin(&app, "root").await;
    root.trash(&app, &ada.id).await;
    leads_to_sign_in(&owner.get(&app, "/account").await);
}

#[tokio::test]
async fn behind_a_proxy_that_says_https_the_cookie_is_for_https_and_this_host_alone() {
    let builder = with_pages().with("doors.allow_on_network", "true");
    let app = builder.with("server.trusted_proxies", "127.0.0.1").start().await;
    member(&app, "ada").await;
    let request = app.request("POST", "/account/login").header("sec-fetch-site", "same-origin");
    let request = request.header("x-forwarded-proto", "https").header("x-forwarded-for", "203.0.113.9");
    let values = [("identifier", email("ada")), ("password", PASSWORD.to_owned())];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = app.send(request.form_of(&values)).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-vestibule-account="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
}
