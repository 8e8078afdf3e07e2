//! Points contract 2.6, decision 5.

use vestibule_tests::{FixedClock, TestApp};

use super::person::{
    ADD, EMAIL, NEW_PASSWORD, PASSWORD, account, call, change_password, create, email_exist, log_in, missing,
    too_long, unlimited,
};

const UNKNOWN: &str = r#"{"exist":false,"access_token":""}"#;

#[tokio::test]
async fn an_address_with_an_account_is_told_with_a_token_and_another_without() {
    let app = TestApp::start().await;
    create(&app, EMAIL).await;
    let answer = email_exist(&app, "ADA@example.com").await;
    let token = answer.text("access_token");
    assert!(token.split('.').count() == 3);
    answer.is(200, &format!(r#"{{"exist":true,"access_token":"{token}"}}"#));
    email_exist(&app, "eve@example.com").await.is(200, UNKNOWN);
}

#[tokio::test]
async fn what_is_no_address_is_refused() {
    let app = unlimited().await;
    email_exist(&app, "nobody").await.is_detail(400, "The email form is incorrect");
    call(&app, "POST", "/api/users/email-exist", &[]).await.is(422, &missing(&["email"]));
    let long = "x".repeat(255);
    email_exist(&app, &long).await.is(422, &too_long("email", 254, &long));
}

#[tokio::test]
async fn an_account_that_may_not_sign_in_exists_and_its_token_changes_nothing() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    let before = account(&app, EMAIL).await;
    app.deps.store.repositories().accounts().deactivate(before.id, FixedClock::START).await.unwrap();
    let answer = email_exist(&app, EMAIL).await;
    assert_eq!(answer.json()["exist"], true);
    let token = answer.text("access_token");
    change_password(&app, &token, NEW_PASSWORD).await.is_detail(401, "Invalid access token");
    let after = account(&app, EMAIL).await;
    assert_eq!(after.details.hashed_password, before.details.hashed_password);
    create(&app, EMAIL).await.is_detail(400, "User already exist with this email ada@example.com");
}

#[tokio::test]
async fn the_token_gives_no_access() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    let token = email_exist(&app, EMAIL).await.text("access_token");
    let fields = [("points", "5"), ("access_token", token.as_str())];
    call(&app, "PUT", ADD, &fields).await.is_detail(401, "Invalid access token");
    let contacts = app.request("GET", "/api/contacts/").header("authorization", format!("Bearer {token}"));
    assert_eq!(app.send(contacts).await.status, 401);
}

#[tokio::test]
async fn the_token_works_once_for_five_minutes_and_a_newer_one_does_not_void_it() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    let first = email_exist(&app, EMAIL).await.text("access_token");
    let second = email_exist(&app, EMAIL).await.text("access_token");
    let changed = r#"{"message":"Password changed successfully"}"#;
    change_password(&app, &first, NEW_PASSWORD).await.is(200, changed);
    for spent in [&first, &second] {
        change_password(&app, spent, PASSWORD).await.is_detail(401, "Invalid access token");
    }
    assert_eq!(log_in(&app, EMAIL, NEW_PASSWORD).await.status, 200);

    let third = email_exist(&app, EMAIL).await.text("access_token");
    app.clock.advance(std::time::Duration::from_secs(301));
    change_password(&app, &third, PASSWORD).await.is_detail(401, "Invalid access token");
}
