//! Signing in and out.

use super::clerk::{COOKIE, Clerk, leads_to_sign_in, staffed, with_console};
use crate::admin::person::{PASSWORD, admin, email, member};
use crate::visitor::FormOf as _;

#[tokio::test]
async fn an_administrator_signs_in_by_address_or_name_and_out() {
    let app = with_console().start().await;
    admin(&app, "root").await;
    for identifier in ["root@example.com", "ROOT"] {
        let clerk = Clerk::stranger();
        let form = clerk.page(&app, "/console/login").await;
        assert!(form.contains("<label for=\"identifier\">E-mail address or user name</label>"), "{form}");
        let answer = clerk.sign_in(&app, identifier, PASSWORD).await;
        assert_eq!((answer.status, answer.header("location"), answer.body.as_str()), (303, "/console", ""));
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(&format!("{COOKIE}=")), "{cookie}");
        assert!(cookie.ends_with("; Path=/console; HttpOnly; SameSite=Strict"), "{cookie}");

        let page = clerk.page(&app, "/console").await;
        assert!(page.contains("<h1>Overview</h1>") && page.contains("Everything answers."), "{page}");
        // Who is signed in need not sign in.
        let again = clerk.get(&app, "/console/login").await;
        assert_eq!((again.status, again.header("location")), (303, "/console"));

        let token = clerk.cookie.borrow().clone();
        let out = clerk.submit(&app, "/console/logout", &[]).await;
        assert_eq!((out.status, out.header("location")), (303, "/console/login?done=signed-out"));
        assert!(out.header("set-cookie").contains("=; Path=/console; Max-Age=0;"));
        assert!(clerk.page(&app, "/console/login?done=signed-out").await.contains("You are signed out."));
        *clerk.cookie.borrow_mut() = token;
        leads_to_sign_in(&clerk.get(&app, "/console").await);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_alike_beside_the_form() {
    let app = with_console().start().await;
    admin(&app, "root").await;
    let clerk = Clerk::stranger();
    let wrong = clerk.sign_in(&app, "root", "Engine1844").await;
    let unknown = clerk.sign_in(&app, "nobody", PASSWORD).await;
    for (answer, typed) in [(&wrong, "root"), (&unknown, "nobody")] {
        assert_eq!(answer.status, 403, "{answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
        let fault = "<p role=\"alert\" class=\"fault\" id=\"problem\">The name or the password is wrong.</p>";
        assert!(answer.body.contains(fault), "{answer:?}");
        assert!(answer.body.contains("aria-invalid=\"true\" aria-describedby=\"problem\""), "{answer:?}");
        assert!(answer.body.contains(&format!("value=\"{typed}\"")), "{answer:?}");
        assert!(!answer.body.contains("Engine184"), "{answer:?}");
    }
    assert_eq!(wrong.body.replace("root", "nobody"), unknown.body);
}

#[tokio::test]
async fn a_member_gets_no_session() {
    let app = with_console().start().await;
    let ada = member(&app, "ada").await;
    let answer = Clerk::stranger().sign_in(&app, &email("ada"), PASSWORD).await;
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(answer.body.contains("This account may not use the console."), "{answer:?}");
    assert!(!answer.headers.contains_key("set-cookie"));

    // Nor by a token of another surface.
    let clerk = Clerk::stranger();
    *clerk.cookie.borrow_mut() = ada.token;
    leads_to_sign_in(&clerk.get(&app, "/console").await);
}

#[tokio::test]
async fn without_a_session_of_the_console_every_page_leads_to_the_sign_in() {
    let (app, clerk, ada) = staffed().await;
    let root = admin(&app, "second").await;
    let account = format!("/console/users/{ada}");
    let pages = ["/console", "/console/users", "/console/trash", "/console/audit", account.as_str()];
    let good = clerk.cookie.borrow().clone();
    let flipped = format!("{}x", &good[..good.len() - 1]);
    // The token of another surface is none: its session may be idle for longer.
    for token in ["", "x", flipped.as_str(), root.token.as_str(), root.refresh.as_str()] {
        *clerk.cookie.borrow_mut() = token.to_owned();
        for path in pages {
            leads_to_sign_in(&clerk.get(&app, path).await);
        }
        for path in ["reset", "role", "trash", "restore", "purge", "sessions/end"] {
            leads_to_sign_in(&clerk.post(&app, &format!("{account}/{path}"), &[]).await);
        }
        leads_to_sign_in(&clerk.post(&app, "/console/logout", &[]).await);
    }
    // Of two cookies one is somebody else's.
    let two = app.request("GET", "/console").header("cookie", format!("{COOKIE}={good}; {COOKIE}=x"));
    leads_to_sign_in(&app.send(two).await);
}

#[tokio::test]
async fn attempts_are_throttled_as_logins_are() {
    let app = vestibule_tests::TestApp::on_memory().with("console.enabled", "true").start().await;
    admin(&app, "root").await;
    let clerk = Clerk::stranger();
    let mut last = 403;
    for _ in 0..150 {
        let answer = clerk.sign_in(&app, "root", "wrong").await;
        last = answer.status;
        if last == 429 {
            assert!(answer.body.contains("There were too many attempts."), "{answer:?}");
            assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn the_sign_in_leads_nowhere_but_to_the_console() {
    let app = with_console().start().await;
    admin(&app, "root").await;
    let clerk = Clerk::stranger();
    let path = "/console/login?next=https://evil.example/&done=https://evil.example/";
    let page = clerk.page(&app, path).await;
    assert!(!page.contains("evil.example"), "{page}");
    let values = [("identifier", "root"), ("password", PASSWORD), ("next", "//evil.example")];
    let answer = clerk.post(&app, path, &values).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/console"));
}

#[tokio::test]
async fn the_session_stands_among_those_of_the_account() {
    let (app, clerk, _) = staffed().await;
    let users = clerk.page(&app, "/console/users?q=root").await;
    let id = users.split("/console/users/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = clerk.page(&app, &format!("/console/users/{id}")).await;
    assert!(page.contains("(this session)") && page.contains("<td>console</td>"), "{page}");
    // The cookie is no token of other surfaces: there nothing asks for the mark of a form.
    let bearer = format!("Bearer {}", clerk.cookie.borrow());
    let account = format!("/api/v1/auth/users/{id}");
    for (method, path) in [("GET", &*account), ("DELETE", &*account), ("GET", "/api/v1/auth/users")] {
        let answer = app.send(app.request(method, path).header("authorization", bearer.as_str())).await;
        assert_eq!(answer.status, 401, "{method} {path}: {answer:?}");
        assert!(!answer.body.contains("root"), "{answer:?}");
    }
    assert_eq!(clerk.get(&app, "/console").await.status, 200);
    // It is ended as any other.
    clerk.submit(&app, &format!("/console/users/{id}/sessions/end"), &[]).await;
    leads_to_sign_in(&clerk.get(&app, "/console").await);
}

#[tokio::test]
async fn behind_a_proxy_that_says_https_the_cookie_is_for_https_and_this_host_alone() {
    let builder = with_console().with("doors.allow_on_network", "true");
    let app = builder.with("server.trusted_proxies", "127.0.0.1").start().await;
    admin(&app, "root").await;
    let sign_in = |scheme: &'static str| {
        let request = app.request("POST", "/console/login").header("sec-fetch-site", "same-origin");
        let request = request.header("x-forwarded-proto", scheme).header("x-forwarded-for", "203.0.113.9");
        request.form_of(&[("identifier", "root"), ("password", PASSWORD)])
    };
    let answer = app.send(sign_in("https")).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-vestibule-console="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    let value = cookie.split(';').next().unwrap().split('=').nth(1).unwrap();
    let open = |name: &str, scheme: &'static str| {
        let request = app.request("GET", "/console").header("x-forwarded-proto", scheme);
        request.header("cookie", format!("{name}={value}"))
    };
    assert_eq!(app.send(open("__Host-vestibule-console", "https")).await.status, 200);
    // Over https nobody is believed by a name that others can set.
    leads_to_sign_in(&app.send(open(COOKIE, "https")).await);
    assert!(app.send(sign_in("http")).await.header("set-cookie").starts_with(COOKIE));
}

#[tokio::test]
async fn of_several_schemes_the_last_proxy_is_believed() {
    let builder = with_console().with("doors.allow_on_network", "true");
    let app = builder.with("server.trusted_proxies", "127.0.0.1").start().await;
    admin(&app, "root").await;
    for (schemes, name) in [
        (&["http, https"][..], "__Host-vestibule-console"),
        (&["http", "HTTPS"], "__Host-vestibule-console"),
        (&["https,http"], COOKIE),
        (&["https", "http"], COOKIE),
    ] {
        let request = app.request("POST", "/console/login").header("sec-fetch-site", "same-origin");
        let request =
            schemes.iter().fold(request, |request, scheme| request.header("x-forwarded-proto", *scheme));
        let answer = app.send(request.form_of(&[("identifier", "root"), ("password", PASSWORD)])).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(&format!("{name}=")), "{schemes:?}: {cookie}");
    }
}
