//! The pages behind mailed links.

use std::time::Duration;

use serde_json::json;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretDigest;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::{Answer, TestApp};

const EMAIL: &str = "ada@example.com";

async fn registered(app: &TestApp) -> String {
    let body = json!({"email": EMAIL, "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    app.mailed_code(EMAIL).await;
    path_of_link(app)
}

/// A link that has all its parts.
fn whole(path: &str) -> String {
    format!("{path}?email=ada%40example.com&token=x")
}

/// The newest link, without the address of the server.
fn path_of_link(app: &TestApp) -> String {
    let link = app.mailbox.to(EMAIL)[0].mail.links[0].clone();
    link.strip_prefix("http://127.0.0.1:0").expect("the public address").to_owned()
}

fn hidden(page: &Answer, name: &str) -> String {
    let field = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    field.split('"').next().unwrap().to_owned()
}

async fn submit(app: &TestApp, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let form =
        pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
    let request =
        app.request("POST", path).header("content-type", "application/x-www-form-urlencoded").body(form);
    app.send(request).await
}

fn escaped(value: &str) -> String {
    value.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

#[tokio::test]
async fn opening_the_activation_link_changes_nothing_and_its_button_activates() {
    let app = TestApp::start().await;
    let link = registered(&app).await;
    let mut page = app.get(&link).await;
    for _ in 0..20 {
        page = app.get(&link).await;
        assert_eq!(page.status, 200);
    }
    let (email, token) = (hidden(&page, "email"), hidden(&page, "token"));
    let done =
        submit(&app, "/account/activate", &[("email", &email), ("token", &token), ("lang", "en")]).await;
    assert_eq!(done.status, 200);
    assert!(done.body.contains("Your account is active"));
    let again =
        submit(&app, "/account/activate", &[("email", &email), ("token", &token), ("lang", "fr")]).await;
    assert_eq!(again.status, 400);
    assert!(again.body.contains("Ce lien n’est plus valable"));
}

#[tokio::test]
async fn the_reset_page_changes_the_password() {
    let app = TestApp::start().await;
    let link = registered(&app).await;
    let page = app.get(&link).await;
    submit(&app, "/account/activate", &[("email", EMAIL), ("token", &hidden(&page, "token"))]).await;
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": EMAIL})).await;
    app.mailed_code(EMAIL).await;
    let page = app.get(&path_of_link(&app)).await;
    assert_eq!(page.status, 200);
    let (surface, token) = (hidden(&page, "surface"), hidden(&page, "token"));
    let fields = |password: &'static str, repeated: &'static str| {
        vec![
            ("surface", surface.as_str()),
            ("email", EMAIL),
            ("token", token.as_str()),
            ("lang", "en"),
            ("password", password),
            ("repeated", repeated),
        ]
    };
    let path = "/account/reset-password";
    let differ = submit(&app, path, &fields("Difference#1822", "Difference#1823")).await;
    assert_eq!(differ.status, 422);
    assert!(differ.body.contains("The two passwords differ."));
    let weak = submit(&app, path, &fields("weak", "weak")).await;
    assert_eq!(weak.status, 422);
    assert!(weak.body.contains("id=\"problem\">Use at least 8 characters."));
    assert!(!weak.body.contains("value=\"weak\""));
    let done = submit(&app, path, &fields("Difference#1822", "Difference#1822")).await;
    assert_eq!(done.status, 200);
    assert!(done.body.contains("Your password is changed"));
    let body = json!({"email": EMAIL, "password": "Difference#1822"});
    assert_eq!(app.post("/api/v1/accounts/login/", &body).await.status, 201);
}

#[tokio::test]
async fn a_breached_password_is_refused_on_the_page_and_its_link_stays_good() {
    let app = TestApp::on_memory().with("password.breached", "everyone").start().await;
    let link = registered(&app).await;
    let page = app.get(&link).await;
    submit(&app, "/account/activate", &[("email", EMAIL), ("token", &hidden(&page, "token"))]).await;
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": EMAIL})).await;
    app.mailed_code(EMAIL).await;
    let page = app.get(&path_of_link(&app)).await;
    let (surface, token) = (hidden(&page, "surface"), hidden(&page, "token"));
    for (language, password, status, words) in [
        ("en", "P@ssw0rd", 422, "This password is known from a breach."),
        ("fr", "P@ssw0rd", 422, "Ce mot de passe figure dans une fuite de données."),
        ("en", "Difference#1822", 200, "Your password is changed"),
    ] {
        let fields = [
            ("surface", surface.as_str()),
            ("email", EMAIL),
            ("token", token.as_str()),
            ("lang", language),
            ("password", password),
            ("repeated", password),
        ];
        let answer = submit(&app, "/account/reset-password", &fields).await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(answer.body.contains(words) && !answer.body.contains(password), "{answer:?}");
        if status == 422 {
            let field = answer.body.split("<input id=\"password\"").nth(1).unwrap();
            let (field, beside) = field.split_once(">\n").unwrap();
            assert!(
                field.ends_with("aria-invalid=\"true\" aria-describedby=\"problem rules\""),
                "{answer:?}"
            );
            let fault = format!("<p role=\"alert\" class=\"fault\" id=\"problem\">{words}");
            assert!(beside.starts_with(&fault), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a_link_of_which_a_part_is_missing_has_no_form() {
    let app = TestApp::start().await;
    for path in ["/account/activate", "/account/reset-password"] {
        for query in ["", "?lang=en", "?email=ada%40example.com", "?token=x&lang=en", "?email=&token=x"] {
            let page = app.get(&format!("{path}{query}")).await;
            assert_eq!(page.status, 400, "{path}{query}");
            assert!(page.body.contains("<h1>This link is not whole</h1>"), "{path}{query}: {page:?}");
            assert!(
                !page.body.contains("<form") && !page.body.contains("<button"),
                "{path}{query}: {page:?}"
            );
        }
        let page = app.get(&format!("{path}?lang=fr")).await;
        assert!(page.body.contains("<h1>Ce lien est incomplet</h1>"), "{path}: {page:?}");
    }
}

#[tokio::test]
async fn what_the_link_carries_cannot_run_in_the_page() {
    let app = TestApp::start().await;
    for path in ["/account/activate", "/account/reset-password"] {
        let page =
            app.get(&format!("{path}?email=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&token=%22onload=x")).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("<script>") && !page.body.contains("\"onload"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
    }
}

#[tokio::test]
async fn nonsense_is_a_link_that_is_not_good() {
    let app = TestApp::start().await;
    assert_eq!(submit(&app, "/account/activate", &[("email", "nobody"), ("token", "x")]).await.status, 400);
    assert_eq!(submit(&app, "/account/reset-password", &[("surface", "theater")]).await.status, 400);
    let unknown = [
        ("surface", "nowhere"),
        ("email", EMAIL),
        ("token", "x"),
        ("password", "Difference#1822"),
        ("repeated", "Difference#1822"),
    ];
    assert_eq!(submit(&app, "/account/reset-password", &unknown).await.status, 400);
}

#[tokio::test]
async fn what_a_link_carries_twice_counts_as_it_is_named_last() {
    let app = TestApp::start().await;
    for path in ["/account/activate", "/account/reset-password"] {
        let page = app.get(&format!("{path}?email=a&email=b&token=%FF&lang=fr&lang=fr")).await;
        assert_eq!(page.status, 200);
        assert_eq!(hidden(&page, "email"), "b");
    }
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_a_link_that_is_not_good() {
    let app = TestApp::on_memory().with("server.max_body", "1KiB").start().await;
    let bodies =
        [("application/json", "{}".to_owned()), ("application/x-www-form-urlencoded", "x".repeat(2048))];
    for path in ["/account/activate", "/account/reset-password"] {
        for (content_type, body) in &bodies {
            let request = app.request("POST", path).header("content-type", *content_type).body(body.clone());
            let answer = app.send(request).await;
            assert_eq!(answer.status, 400);
            assert!(answer.body.contains("This link is no longer valid"), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn pages_know_their_methods() {
    let app = TestApp::start().await;
    for path in ["/account/activate", "/account/reset-password"] {
        app.send(app.request("HEAD", &whole(path))).await.is(200, "");
        let answer = app.send(app.request("PUT", path)).await;
        answer.is_detail(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD, POST");
    }
}

#[tokio::test]
async fn a_flood_of_forms_is_429_and_still_a_page() {
    let app = TestApp::start().await;
    for path in ["/account/activate", "/account/reset-password"] {
        for _ in 0..60 {
            assert_eq!(submit(&app, path, &[]).await.status, 400);
        }
        let answer = submit(&app, path, &[]).await;
        assert_eq!(answer.status, 429);
        assert_eq!(answer.header("retry-after"), "60");
        assert!(answer.body.contains("There were too many attempts."));
        assert_eq!(app.get(&whole(path)).await.status, 200);
    }
}

#[tokio::test]
async fn guessed_tokens_are_429_and_a_busy_server_is_503_with_the_time_to_wait() {
    let app = TestApp::start().await;
    registered(&app).await;
    let guess = [
        ("surface", "theater"),
        ("email", EMAIL),
        ("token", "x"),
        ("lang", "fr"),
        ("password", "Difference#1822"),
        ("repeated", "Difference#1822"),
    ];
    for _ in 0..30 {
        assert_eq!(submit(&app, "/account/reset-password", &guess).await.status, 400);
    }
    let limited = submit(&app, "/account/reset-password", &guess).await;
    assert_eq!(limited.status, 429);
    assert!(limited.header("retry-after").parse::<u64>().unwrap() > 60);
    assert!(limited.body.contains("Il y a eu trop de tentatives."));

    app.faults.fail_everything(Fault::Unavailable);
    let busy = submit(&app, "/account/activate", &guess).await;
    assert_eq!(busy.status, 503);
    assert!(busy.header("retry-after").parse::<u64>().unwrap() > 0);
    assert!(busy.body.contains("Veuillez réessayer"));
}

/// A member who asked for a new password at theater; answers the mailed token.
async fn asked_for_reset(app: &TestApp) -> String {
    registered(app).await;
    let token = app.mailed_code(EMAIL).await;
    let body = json!({"email": EMAIL, "token": token});
    assert_eq!(app.post("/api/v1/accounts/activate/", &body).await.status, 200);
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": EMAIL})).await;
    app.mailed_code(EMAIL).await
}

fn new_password<'a>(surface: &'a str, token: &'a str, password: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("surface", surface),
        ("email", EMAIL),
        ("token", token),
        ("lang", "en"),
        ("password", password),
        ("repeated", password),
    ]
}

#[tokio::test]
async fn the_right_link_works_over_the_limit_of_wrong_ones() {
    let app = TestApp::start().await;
    let path = "/account/reset-password";
    for _ in 0..30 {
        let guess = new_password("theater", "guess", "Difference#1822");
        assert_eq!(submit(&app, path, &guess).await.status, 400);
    }
    let token = asked_for_reset(&app).await;
    let guess = submit(&app, path, &new_password("theater", "guess", "Difference#1822")).await;
    assert_eq!(guess.status, 429);
    let right = submit(&app, path, &new_password("theater", &token, "Difference#1822")).await;
    assert_eq!(right.status, 200);
}

#[tokio::test]
async fn the_page_judges_by_the_surface_that_was_asked_whatever_the_form_says() {
    let app = TestApp::start().await;
    let token = asked_for_reset(&app).await;
    let path = "/account/reset-password";
    // Good enough for contacts only.
    for surface in ["contacts", "theater", "nowhere", ""] {
        let weak = submit(&app, path, &new_password(surface, &token, "abcdef")).await;
        assert_eq!(weak.status, 422, "{surface}");
        assert!(weak.body.contains("id=\"problem\">Use at least 8 characters."));
    }
    // Too long for contacts.
    let good = submit(&app, path, &new_password("contacts", &token, "Difference#1822")).await;
    assert_eq!(good.status, 200);
}

#[tokio::test]
async fn a_reset_of_a_surface_that_is_off_by_now_is_judged_by_the_strictest_rules() {
    let app = TestApp::on_memory().with("surfaces.contacts.enabled", "false").start().await;
    asked_for_reset(&app).await;
    let (path, surfaces) = ("/account/reset-password", [Some("contacts"), Some("gone"), None]);
    for surface in surfaces {
        let token = reset_token_of(&app, surface).await;
        for of_form in ["contacts", "theater"] {
            let weak = submit(&app, path, &new_password(of_form, &token, "abcdef")).await;
            assert_eq!(weak.status, 422, "{surface:?}");
        }
        assert_eq!(submit(&app, path, &new_password("", &token, "Difference#1822")).await.status, 200);
    }
}

/// Puts a reset token for the first account into the store, as a surface of this name did, or as was done
/// before the surface was kept with it.
async fn reset_token_of(app: &TestApp, surface: Option<&str>) -> String {
    let secret = format!("a token of {surface:?}");
    let now = app.clock.now();
    let token = AccountToken {
        kind: AccountTokenKind::PasswordReset,
        account: AccountId(1),
        digest: SecretDigest::of(&secret),
        surface: surface.map(str::to_owned),
        created_at: now,
        expires_at: now + Duration::from_hours(1),
    };
    app.deps.store.repositories().account_tokens().put(&token).await.unwrap();
    secret
}

#[tokio::test]
async fn forms_and_links_honour_the_path_of_the_public_address() {
    let app = TestApp::on_memory().with("server.public_url", "http://127.0.0.1:1/base/of").start().await;
    let body = json!({"email": EMAIL, "password": "Analytical#1843"});
    assert_eq!(app.post("/api/v1/accounts/register/", &body).await.status, 201);
    app.mailed_code(EMAIL).await;
    let link = app.mailbox.to(EMAIL)[0].mail.links[0].clone();
    // What the proxy in front of the server takes away.
    let path = link.strip_prefix("http://127.0.0.1:1/base/of").expect("the public address");
    let page = app.get(path).await;
    assert!(page.body.contains("action=\"/base/of/account/activate\""), "{page:?}");
    let page = app.get(&whole("/account/reset-password")).await;
    assert!(page.body.contains("action=\"/base/of/account/reset-password\""), "{page:?}");
    let page = app.get("/dev/mailbox").await;
    assert!(page.body.contains("action=\"/base/of/dev/mailbox\""), "{page:?}");
    assert!(page.body.contains("href=\"/base/of/dev/mailbox/messages\""), "{page:?}");
    for path in ["/docs", "/docs/"] {
        assert_eq!(app.get(path).await.header("location"), "/base/of/api/docs/");
    }
    let page = app.get("/api/docs").await;
    assert!(page.body.contains("<base href=\"/base/of/api/docs/\">"), "{page:?}");
    let start = app.get("/api/docs/swagger-initializer.js").await;
    assert!(start.body.contains("\"/base/of/openapi/theater.json\""), "{start:?}");
    for surface in ["theater", "contacts", "points"] {
        let document = app.get(&format!("/openapi/{surface}.json")).await.json();
        assert_eq!(document["servers"][0]["url"], "/base/of", "{surface}");
    }
}

#[tokio::test]
async fn without_a_path_in_the_public_address_documents_name_no_server() {
    let app = TestApp::start().await;
    assert!(app.get("/openapi/theater.json").await.json()["servers"].is_null());
}
