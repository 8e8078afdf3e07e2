//! Accounts of other surfaces, and this one's accounts there.

use serde_json::json;
use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, add, call, create, email_exist, log_in, show, unlimited};
use crate::contacts::person as contacts;
use crate::theater::person as theater;

async fn token(app: &TestApp, email: &str, password: &str) -> String {
    log_in(app, email, password).await.text("access_token")
}

#[tokio::test]
async fn an_account_of_theater_signs_in_and_is_called_by_its_address() {
    let app = unlimited().await;
    theater::member(&app, "grace@example.com").await;
    let token = token(&app, "grace@example.com", theater::PASSWORD).await;
    show(&app, &token).await.is(
        200,
        r#"{"username":"grace@example.com","email":"grace@example.com","phone_number":"","points":0}"#,
    );
    add(&app, &token, "5").await.is(200, r#"{"message":"5 points added to grace@example.com successfully"}"#);
}

#[tokio::test]
async fn an_account_of_contacts_signs_in_by_an_address_that_could_not_register_here() {
    let app = unlimited().await;
    contacts::member(&app, "jörg@example.com").await;
    let fields = json!({"email": "JÖRG@example.com", "password": contacts::PASSWORD});
    let token = app.post("/api/users/login", &fields).await.text("access_token");
    assert_eq!(show(&app, &token).await.text("username"), contacts::NAME);
    email_exist(&app, "jörg@example.com").await.is_detail(400, "The email form is incorrect");
}

#[tokio::test]
async fn an_account_that_waits_for_its_activation_exists_and_does_not_sign_in() {
    let app = unlimited().await;
    contacts::sign_up(&app, EMAIL).await;
    assert_eq!(email_exist(&app, EMAIL).await.json()["exist"], true);
    create(&app, EMAIL).await.is_detail(400, "User already exist with this email ada@example.com");
    log_in(&app, EMAIL, contacts::PASSWORD).await.is_detail(401, "Invalid credentials");
}

#[tokio::test]
async fn an_account_of_this_surface_signs_in_at_the_others_and_its_token_is_good_there() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    assert_eq!(contacts::log_in(&app, EMAIL, PASSWORD).await.status, 200);
    assert_eq!(theater::log_in(&app, EMAIL, PASSWORD).await.status, 201);
    let token = token(&app, EMAIL, PASSWORD).await;
    assert_eq!(contacts::call(&app, "GET", "/api/contacts/", &token, None).await.status, 200);
    let theaters = theater::log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    call(&app, "GET", "/api/users", &[("access_token", &theaters)]).await.text("username");
}
