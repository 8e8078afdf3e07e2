//! Nobody takes an address before its owner comes (contacts contract 2.1, 2.9, 2.10 and 2.12).

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::ports::Clock as _;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};
use vestibule_tests::{Answer, TestApp, TestAppBuilder, on_every_store};

use super::person::{EMAIL, confirm, log_in};

const OWNERS: &str = "198.51.100.7";
const OWNERS_PASSWORD: &str = "Engine1843";
const STRANGERS: &str = "203.0.113.9";
const STRANGERS_PASSWORD: &str = "Notes1842";
const CONFIRMED: &str = r#"{"message":"Email confirmed"}"#;
const BEFORE: &str = r#"{"message":"Your email is already confirmed"}"#;
const INVALID: &str = "Invalid token for email verification";

/// A server without limits, for stories of more than two steps a minute, that sees the clients' addresses
/// behind a proxy.
fn unlimited(app: TestAppBuilder) -> TestAppBuilder {
    app.with("server.trusted_proxies", "127.0.0.1")
        .with("doors.allow_on_network", "true")
        .with("rate_limit.enabled", "false")
}

async fn post(app: &TestApp, client: &str, path: &str, body: serde_json::Value) -> Answer {
    let request = app
        .request("POST", path)
        .header("x-forwarded-for", client)
        .header("content-type", "application/json");
    let answer = app.send(request.body(body.to_string())).await;
    // Mails that are delivered together come in any order.
    app.mails_to(EMAIL).await;
    answer
}

async fn sign_up(app: &TestApp, client: &str, name: &str, password: &str) -> Answer {
    let body = json!({"username": name, "password": password, "email": EMAIL});
    post(app, client, "/api/auth/signup", body).await
}

async fn request_email(app: &TestApp, client: &str) -> Answer {
    post(app, client, "/api/auth/request_email", json!({"email": EMAIL})).await
}

/// The tokens of the mails that speak of a registration from this address, the newest first.
async fn tokens_of(app: &TestApp, client: &str) -> Vec<String> {
    app.mails_to(EMAIL).await;
    let mails = app.mailbox.to(EMAIL);
    let of_client = mails.iter().filter(|captured| captured.mail.text.contains(&format!(" {client}.")));
    of_client.map(|captured| captured.mail.code.clone().unwrap()).collect()
}

async fn display_name(app: &TestApp) -> Option<String> {
    let found = app.deps.store.repositories().accounts().by_id(AccountId(1)).await.unwrap();
    found.unwrap().details.display_name
}

async fn a_link_confirms_the_registration_that_it_was_mailed_for(app: TestAppBuilder) {
    let app = unlimited(app).start().await;
    assert_eq!(sign_up(&app, STRANGERS, "mallory", STRANGERS_PASSWORD).await.status, 201);
    sign_up(&app, OWNERS, "ada_l", OWNERS_PASSWORD).await.is_detail(409, "Already exists");
    for password in [OWNERS_PASSWORD, STRANGERS_PASSWORD, "neither"] {
        log_in(&app, EMAIL, password).await.is_detail(401, "Email not confirmed");
    }
    let (owners, strangers) = (tokens_of(&app, OWNERS).await, tokens_of(&app, STRANGERS).await);
    assert_eq!((owners.len(), strangers.len()), (1, 1));
    confirm(&app, &owners[0]).await.is(200, CONFIRMED);
    assert_eq!(display_name(&app).await.as_deref(), Some("ada_l"));
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
    log_in(&app, EMAIL, STRANGERS_PASSWORD).await.is_detail(401, "Wrong password");
    for token in owners.iter().chain(&strangers) {
        confirm(&app, token).await.is(200, BEFORE);
    }
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
    log_in(&app, EMAIL, STRANGERS_PASSWORD).await.is_detail(401, "Wrong password");
}

async fn each_mail_that_is_sent_again_is_for_one_registration_and_says_where_it_came_from(
    app: TestAppBuilder,
) {
    let app = unlimited(app).start().await;
    sign_up(&app, STRANGERS, "mallory", STRANGERS_PASSWORD).await;
    app.clock.advance(Duration::from_mins(1));
    sign_up(&app, OWNERS, "ada_l", OWNERS_PASSWORD).await;
    app.clock.advance(Duration::from_hours(1));
    // Whoever asks, and from wherever.
    request_email(&app, STRANGERS).await.is(200, r#"{"message":"Check your email for confirmation."}"#);
    let (owners, strangers) = (tokens_of(&app, OWNERS).await, tokens_of(&app, STRANGERS).await);
    assert_eq!((owners.len(), strangers.len()), (2, 2));
    let resent = app.mailbox.to(EMAIL)[0].mail.text.clone();
    assert!(resent.contains("The request came on 2 January 2026 at 03:0"), "{resent}");
    confirm(&app, &owners[0]).await.is(200, CONFIRMED);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
    log_in(&app, EMAIL, STRANGERS_PASSWORD).await.is_detail(401, "Wrong password");
}

on_every_store!(
    a_link_confirms_the_registration_that_it_was_mailed_for,
    each_mail_that_is_sent_again_is_for_one_registration_and_says_where_it_came_from,
);

async fn start() -> TestApp {
    unlimited(TestApp::on_memory()).start().await
}

#[tokio::test]
async fn a_link_that_ran_out_is_renewed_by_asking() {
    let app = start().await;
    sign_up(&app, OWNERS, "ada_l", OWNERS_PASSWORD).await;
    let first = tokens_of(&app, OWNERS).await.remove(0);
    app.clock.advance(Duration::from_hours(7 * 24));
    confirm(&app, &first).await.is_detail(422, INVALID);
    request_email(&app, "192.0.2.1").await;
    let second = tokens_of(&app, OWNERS).await.remove(0);
    confirm(&app, &second).await.is(200, CONFIRMED);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn the_link_of_a_registration_that_was_given_up_confirms_nothing() {
    let app = start().await;
    for number in 0..3 {
        sign_up(&app, STRANGERS, "mallory", &format!("another{number}")).await;
    }
    let tokens = tokens_of(&app, STRANGERS).await;
    confirm(&app, &tokens[2]).await.is_detail(422, INVALID);
    log_in(&app, EMAIL, "another0").await.is_detail(401, "Email not confirmed");
    confirm(&app, &tokens[1]).await.is(200, CONFIRMED);
    assert_eq!(log_in(&app, EMAIL, "another1").await.status, 200);
}

#[tokio::test]
async fn a_registration_of_another_surface_is_confirmed_here_with_its_own_password() {
    let app = start().await;
    sign_up(&app, STRANGERS, "mallory", STRANGERS_PASSWORD).await;
    let body = json!({"email": EMAIL, "password": "Analytical#1843"});
    assert_eq!(post(&app, OWNERS, "/api/v1/accounts/register/", body).await.status, 409);
    request_email(&app, OWNERS).await;
    let links = tokens_of(&app, OWNERS).await;
    assert_eq!(links.len(), 2);
    confirm(&app, &links[0]).await.is(200, CONFIRMED);
    assert_eq!(log_in(&app, EMAIL, "Analytical%231843").await.status, 200);
    assert_eq!(display_name(&app).await, None);
}

/// The link as a server made it that did not name a registration in it.
fn old_link(app: &TestApp, email: &str) -> String {
    let [first, second] = SecretDigest::of(email).halves();
    let now = app.clock.now().truncate_to_second();
    let claims = Claims {
        token_use: TokenUse::Email,
        subject: Subject::Uuid(AccountUuid(Uuid::from_u128(7))),
        account: AccountId(1),
        session: SessionId(Uuid::nil()),
        id: TokenId(Uuid::from_u128(first ^ second)),
        role: None,
        issued_at: now,
        expires_at: now + Duration::from_hours(7 * 24),
    };
    app.deps.signer.sign(&claims).unwrap().reveal().to_owned()
}

#[tokio::test]
async fn a_link_from_before_confirms_the_password_from_before() {
    let app = start().await;
    crate::before::waiting_account(&app, EMAIL, OWNERS_PASSWORD).await;
    let link = old_link(&app, EMAIL);
    log_in(&app, EMAIL, OWNERS_PASSWORD).await.is_detail(401, "Email not confirmed");
    confirm(&app, &link).await.is(200, CONFIRMED);
    confirm(&app, &link).await.is(200, BEFORE);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
    assert_eq!(display_name(&app).await.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_lost_link_from_before_is_sent_again() {
    let app = start().await;
    crate::before::waiting_account(&app, EMAIL, OWNERS_PASSWORD).await;
    request_email(&app, OWNERS).await.is(200, r#"{"message":"Check your email for confirmation."}"#);
    let link = app.mailed_code(EMAIL).await;
    confirm(&app, &link).await.is(200, CONFIRMED);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_link_from_before_takes_nobody_else_s_password() {
    let app = start().await;
    crate::before::waiting_account(&app, EMAIL, STRANGERS_PASSWORD).await;
    sign_up(&app, OWNERS, "ada_l", OWNERS_PASSWORD).await.is_detail(409, "Already exists");
    let owners = tokens_of(&app, OWNERS).await.remove(0);
    confirm(&app, &owners).await.is(200, CONFIRMED);
    confirm(&app, &old_link(&app, EMAIL)).await.is(200, BEFORE);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 200);
    log_in(&app, EMAIL, STRANGERS_PASSWORD).await.is_detail(401, "Wrong password");
}

#[tokio::test]
async fn a_link_that_names_no_registration_confirms_nothing_of_an_account_that_has_no_password_yet() {
    let app = start().await;
    sign_up(&app, OWNERS, "ada_l", OWNERS_PASSWORD).await;
    let found = app.deps.store.repositories().accounts().by_id(AccountId(1)).await.unwrap().unwrap();
    let token = tokens_of(&app, OWNERS).await.remove(0);
    let claims = app.deps.signer.verify(&token, TokenUse::Email, app.clock.now()).unwrap();
    assert_eq!(claims.subject, Subject::Uuid(found.details.uuid));
    for session in [SessionId(Uuid::nil()), SessionId(Uuid::from_u128(9))] {
        let other = app.deps.signer.sign(&Claims { session, ..claims.clone() }).unwrap();
        confirm(&app, other.reveal()).await.is_detail(422, INVALID);
    }
    confirm(&app, &token).await.is(200, CONFIRMED);
}
