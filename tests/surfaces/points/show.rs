//! Points contract 2.8, decisions 1 and 2.

use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, add, call, email_exist, form, show, signed_in, unlimited};

const ADA: &str = r#"{"username":"Ada","email":"ada@example.com","phone_number":"+33 1 23 45","points":0}"#;

fn is_refused(answer: &Answer) {
    answer.is_detail(401, "Invalid access token");
    assert!(!answer.headers.contains_key("www-authenticate"));
}

#[tokio::test]
async fn the_token_is_in_the_body_of_the_get_or_in_the_header() {
    let app = TestApp::start().await;
    let token = signed_in(&app, EMAIL).await;
    for path in ["/api/users", "/api/users/"] {
        call(&app, "GET", path, &[("access_token", &token)]).await.is(200, ADA);
        for scheme in ["Bearer", "bearer"] {
            let header = app.request("GET", path).header("authorization", format!("{scheme} {token}"));
            app.send(header).await.is(200, ADA);
        }
    }
}

#[tokio::test]
async fn the_field_goes_before_the_header_and_an_empty_field_is_none() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let both = |field: &str, header: &str| {
        form(&app, "GET", "/api/users", &[("access_token", field)])
            .header("authorization", format!("Bearer {header}"))
    };
    is_refused(&app.send(both("x", &token)).await);
    app.send(both(&token, "x")).await.is(200, ADA);
    app.send(both("", &token)).await.is(200, ADA);
}

#[tokio::test]
async fn a_token_that_is_missing_or_not_good_is_refused_with_one_text() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    is_refused(&app.get("/api/users").await);
    is_refused(&app.get(&format!("/api/users?access_token={token}")).await);
    let cookie = app.request("GET", "/api/users").header("cookie", format!("access_token={token}"));
    is_refused(&app.send(cookie).await);
    for header in [format!("Basic {token}"), token.clone(), "Bearer".to_owned(), "Bearer ".to_owned()] {
        is_refused(&app.send(app.request("GET", "/api/users").header("authorization", header)).await);
    }
    for field in
        ["x", &format!(" {token}"), &format!("{token} "), &format!("Bearer {token}"), "é", &"x".repeat(9000)]
    {
        is_refused(&show(&app, field).await);
    }
}

#[tokio::test]
async fn the_token_of_email_exist_shows_nothing() {
    let app = unlimited().await;
    signed_in(&app, EMAIL).await;
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    is_refused(&show(&app, &recovery).await);
}

#[tokio::test]
async fn points_are_a_whole_number() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    add(&app, &token, "9223372036854775807").await;
    let answer = show(&app, &token).await;
    assert!(answer.body.ends_with(r#""points":9223372036854775807}"#), "{answer:?}");
}
