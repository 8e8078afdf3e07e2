//! Points contract 2.5.

use vestibule_tests::{FixedClock, TestApp};

use super::person::{
    EMAIL, NEW_PASSWORD, PASSWORD, account, call, create, log_in, missing, show, signed_in, too_long,
    unlimited,
};

const PATH: &str = "/api/users/login";

#[tokio::test]
async fn a_login_answers_a_token_and_its_kind_and_nothing_else() {
    let app = TestApp::start().await;
    create(&app, EMAIL).await;
    let answer = log_in(&app, "ADA@example.com", PASSWORD).await;
    let token = answer.text("access_token");
    answer.is(200, &format!(r#"{{"access_token":"{token}","token_type":"bearer"}}"#));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_told_alike_without_a_challenge() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    for (email, password) in
        [(EMAIL, "Wrong1843"), ("eve@example.com", PASSWORD), ("no address", PASSWORD), ("@", PASSWORD)]
    {
        let answer = log_in(&app, email, password).await;
        answer.is_detail(401, "Invalid credentials");
        assert!(!answer.headers.contains_key("www-authenticate"));
    }
}

#[tokio::test]
async fn who_may_not_sign_in_is_told_like_who_is_not_there() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    let id = account(&app, EMAIL).await.id;
    let mut repositories = app.deps.store.repositories();
    assert!(repositories.accounts().deactivate(id, FixedClock::START).await.unwrap());
    drop(repositories);
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Invalid credentials");
}

#[tokio::test]
async fn missing_fields_are_named_and_a_password_that_is_too_long_is_not_shown() {
    let app = unlimited().await;
    call(&app, "POST", PATH, &[]).await.is(422, &missing(&["email", "password"]));
    log_in(&app, "", PASSWORD).await.is(422, &missing(&["email"]));
    log_in(&app, EMAIL, &"x".repeat(1025)).await.is(422, &too_long("password", 1024, "***"));
}

#[tokio::test]
async fn a_token_is_good_for_an_hour() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    app.clock.advance(std::time::Duration::from_secs(3599));
    assert_eq!(show(&app, &token).await.status, 200);
    app.clock.advance(std::time::Duration::from_secs(2));
    show(&app, &token).await.is_detail(401, "Invalid access token");
    log_in(&app, EMAIL, NEW_PASSWORD).await.is_detail(401, "Invalid credentials");
}
