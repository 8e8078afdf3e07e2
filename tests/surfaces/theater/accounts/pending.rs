//! Nobody takes an address before its owner comes (theater contract 2.1, 2.2 and 2.5).

use std::time::Duration;

use serde_json::json;
use vestibule_domain::ports::Clock as _;
use vestibule_tests::{Answer, TestApp, TestAppBuilder, on_every_store};

use crate::theater::person::{EMAIL, activate, log_in};

const OWNERS: &str = "198.51.100.7";
const OWNERS_PASSWORD: &str = "Analytical#1843";
const STRANGERS: &str = "203.0.113.9";
const STRANGERS_PASSWORD: &str = "Difference#1822";
const TAKEN: &str = "A user with this email ada@example.com already exists.";
const INVALID: &str = "Invalid or expired activation token.";

/// A server that sees the clients' addresses behind a proxy.
fn proxied(app: TestAppBuilder) -> TestAppBuilder {
    app.with("server.trusted_proxies", "127.0.0.1").with("doors.allow_on_network", "true")
}

async fn start() -> TestApp {
    proxied(TestApp::on_memory()).start().await
}

async fn register(app: &TestApp, client: &str, password: &str) -> Answer {
    let request = app
        .request("POST", "/api/v1/accounts/register/")
        .header("x-forwarded-for", client)
        .header("accept-language", "en")
        .header("content-type", "application/json");
    let answer = app.send(request.body(json!({"email": EMAIL, "password": password}).to_string())).await;
    // Mails that are delivered together come in any order.
    app.mails_to(EMAIL).await;
    answer
}

/// The tokens of the mails that speak of a registration from this address, the newest first.
async fn tokens_of(app: &TestApp, client: &str) -> Vec<String> {
    app.mails_to(EMAIL).await;
    let mails = app.mailbox.to(EMAIL);
    let of_client = mails.iter().filter(|captured| captured.mail.text.contains(&format!(" {client}.")));
    of_client.map(|captured| captured.mail.code.clone().unwrap()).collect()
}

async fn the_owner_has_the_password_of_the_registration_whose_mail_he_used(app: TestAppBuilder) {
    let app = proxied(app).start().await;
    register(&app, STRANGERS, STRANGERS_PASSWORD).await.is(201, r#"{"id":1,"email":"ada@example.com"}"#);
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    let (owners, strangers) = (tokens_of(&app, OWNERS).await, tokens_of(&app, STRANGERS).await);
    assert_eq!((owners.len(), strangers.len()), (1, 1));
    // Before it, every pending password is answered like that of any account that is not active.
    for password in [OWNERS_PASSWORD, STRANGERS_PASSWORD] {
        log_in(&app, EMAIL, password).await.is_detail(403, "User account is not activated.");
    }
    log_in(&app, EMAIL, "Neither#1900").await.is_detail(401, "Invalid email or password.");

    assert_eq!(activate(&app, EMAIL, &owners[0]).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
    log_in(&app, EMAIL, STRANGERS_PASSWORD).await.is_detail(401, "Invalid email or password.");
    activate(&app, EMAIL, &strangers[0]).await.is_detail(400, INVALID);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
}

async fn of_all_tokens_at_once_one_activates_with_its_own_password(app: TestAppBuilder) {
    let app = proxied(app).start().await;
    register(&app, STRANGERS, STRANGERS_PASSWORD).await;
    register(&app, OWNERS, OWNERS_PASSWORD).await;
    let passwords = [OWNERS_PASSWORD, STRANGERS_PASSWORD];
    let tokens = [tokens_of(&app, OWNERS).await.remove(0), tokens_of(&app, STRANGERS).await.remove(0)];
    let statuses =
        futures::future::join_all(tokens.iter().map(async |token| activate(&app, EMAIL, token).await.status))
            .await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    for (status, password) in statuses.iter().zip(passwords) {
        let expected = if *status == 200 { 201 } else { 401 };
        assert_eq!(log_in(&app, EMAIL, password).await.status, expected);
    }
}

async fn registrations_of_many_clients_at_once_each_have_their_mail(app: TestAppBuilder) {
    let app = proxied(app).start().await;
    let clients: Vec<_> = (1..=6).map(|number| format!("198.51.100.{number}")).collect();
    let password = |client: &str| format!("Analytical#{client}");
    let answers = futures::future::join_all(clients.iter().map(async |client| {
        loop {
            let status = register(&app, client, &password(client)).await.status;
            // Where hashing is slow, some are asked to come again.
            if status != 503 {
                break status;
            }
        }
    }))
    .await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 5, "{answers:?}");
    assert_eq!(app.mails_to(EMAIL).await, 6);
    let token = tokens_of(&app, &clients[3]).await.remove(0);
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
    for (number, client) in clients.iter().enumerate() {
        let expected = if number == 3 { 201 } else { 401 };
        assert_eq!(log_in(&app, EMAIL, &password(client)).await.status, expected);
    }
}

on_every_store!(
    the_owner_has_the_password_of_the_registration_whose_mail_he_used,
    of_all_tokens_at_once_one_activates_with_its_own_password,
    registrations_of_many_clients_at_once_each_have_their_mail,
);

#[tokio::test]
async fn the_mail_says_when_and_from_which_address_the_registration_came() {
    let app = start().await;
    register(&app, "2001:db8:1:2::7", OWNERS_PASSWORD).await;
    app.clock.advance(Duration::from_hours(24 * 30));
    register(&app, STRANGERS, STRANGERS_PASSWORD).await;
    app.mails_to(EMAIL).await;
    let mails = app.mailbox.to(EMAIL);
    let told = [
        "The request came on 1 February 2026 at 03:04 UTC from the address 203.0.113.9.",
        "The request came on 2 January 2026 at 03:04 UTC from the address 2001:db8:1:2::7.",
    ];
    for (captured, told) in mails.iter().zip(told) {
        assert!(captured.mail.text.contains(told), "{}", captured.mail.text);
        assert!(captured.mail.html.contains(told), "{}", captured.mail.html);
    }
}

#[tokio::test]
async fn a_stranger_who_registers_a_moment_earlier_does_not_keep_the_owner_s_mail_back() {
    let app = start().await;
    for password in [STRANGERS_PASSWORD, "Another#1", "Another#2", "Another#3"] {
        register(&app, STRANGERS, password).await;
    }
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    let token = tokens_of(&app, OWNERS).await.remove(0);
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
}

#[tokio::test]
async fn a_stranger_at_the_same_address_does_not_keep_the_owner_s_mail_back_either() {
    let app = start().await;
    register(&app, OWNERS, STRANGERS_PASSWORD).await;
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    let tokens = tokens_of(&app, OWNERS).await;
    assert_eq!(tokens.len(), 2);
    assert_eq!(activate(&app, EMAIL, &tokens[0]).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
    assert_eq!(log_in(&app, EMAIL, STRANGERS_PASSWORD).await.status, 401);
}

#[tokio::test]
async fn however_many_times_a_stranger_registers_later_the_owner_s_mail_stays_good() {
    let app = start().await;
    register(&app, OWNERS, OWNERS_PASSWORD).await;
    let token = tokens_of(&app, OWNERS).await.remove(0);
    for number in 0..30 {
        register(&app, STRANGERS, &format!("Another#{number}")).await.is_detail(409, TAKEN);
        app.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
}

#[tokio::test]
async fn one_client_causes_few_mails() {
    let app = start().await;
    for number in 0..30 {
        register(&app, STRANGERS, &format!("Another#{number}")).await;
    }
    assert_eq!(app.mails_to(EMAIL).await, 1 + 5);
    // The neighbours in an IPv6 network are one client.
    for number in 0..30 {
        register(&app, &format!("2001:db8:1:2::{number:x}"), &format!("Another#{number}")).await;
    }
    assert_eq!(app.mails_to(EMAIL).await, 1 + 5 + 5);
}

#[tokio::test]
async fn one_client_keeps_few_pending_registrations() {
    let app = start().await;
    for number in 0..4 {
        register(&app, STRANGERS, &format!("Another#{number}")).await;
    }
    // The newest two are kept.
    for (number, status) in [(0, 401), (1, 401), (2, 403), (3, 403)] {
        assert_eq!(log_in(&app, EMAIL, &format!("Another#{number}")).await.status, status, "{number}");
    }
    let tokens = tokens_of(&app, STRANGERS).await;
    activate(&app, EMAIL, &tokens[2]).await.is_detail(400, INVALID);
    assert_eq!(activate(&app, EMAIL, &tokens[1]).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, "Another#2").await.status, 201);
}

#[tokio::test]
async fn a_lost_mail_is_renewed_by_registering_once_more_with_the_same_password() {
    let app = start().await;
    register(&app, STRANGERS, STRANGERS_PASSWORD).await;
    register(&app, OWNERS, OWNERS_PASSWORD).await;
    let lost = tokens_of(&app, OWNERS).await.remove(0);
    app.clock.advance(Duration::from_secs(59));
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    assert_eq!(tokens_of(&app, OWNERS).await.len(), 1);
    app.clock.advance(Duration::from_hours(24));
    activate(&app, EMAIL, &lost).await.is_detail(400, INVALID);
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    let tokens = tokens_of(&app, OWNERS).await;
    assert_eq!(tokens.len(), 2);
    activate(&app, EMAIL, &lost).await.is_detail(400, INVALID);
    assert_eq!(activate(&app, EMAIL, &tokens[0]).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
}

#[tokio::test]
async fn a_pending_password_cannot_be_reset_and_no_reset_is_mailed() {
    let app = start().await;
    register(&app, STRANGERS, STRANGERS_PASSWORD).await;
    register(&app, OWNERS, OWNERS_PASSWORD).await;
    app.post("/api/v1/accounts/password-reset/request/", &json!({"email": EMAIL})).await;
    assert_eq!(app.mails_to(EMAIL).await, 2);
}

#[tokio::test]
async fn what_waits_since_before_pending_registrations_were_kept_still_activates() {
    let app = start().await;
    let token = crate::before::waiting_account(&app, EMAIL, OWNERS_PASSWORD).await;
    log_in(&app, EMAIL, OWNERS_PASSWORD).await.is_detail(403, "User account is not activated.");
    assert_eq!(activate(&app, EMAIL, &token).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
}

#[tokio::test]
async fn whoever_took_an_address_before_does_not_keep_it_from_its_owner() {
    let app = start().await;
    let token = crate::before::waiting_account(&app, EMAIL, STRANGERS_PASSWORD).await;
    register(&app, OWNERS, OWNERS_PASSWORD).await.is_detail(409, TAKEN);
    for password in [OWNERS_PASSWORD, STRANGERS_PASSWORD] {
        log_in(&app, EMAIL, password).await.is_detail(403, "User account is not activated.");
    }
    let owners = tokens_of(&app, OWNERS).await.remove(0);
    assert_eq!(activate(&app, EMAIL, &owners).await.status, 200);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 201);
    assert_eq!(log_in(&app, EMAIL, STRANGERS_PASSWORD).await.status, 401);
    activate(&app, EMAIL, &token).await.is_detail(400, INVALID);
}

#[tokio::test]
async fn a_token_from_before_brings_nobody_back_who_was_locked_out() {
    let app = start().await;
    let token = crate::before::waiting_account(&app, EMAIL, OWNERS_PASSWORD).await;
    let now = app.clock.now();
    let mut repositories = app.deps.store.repositories();
    let email = vestibule_domain::accounts::EmailAddress::parse(EMAIL).unwrap();
    let id = repositories.accounts().by_email(&email).await.unwrap().unwrap().id;
    assert!(repositories.accounts().activate(id, now).await.unwrap());
    assert!(repositories.accounts().deactivate(id, now).await.unwrap());
    activate(&app, EMAIL, &token).await.is_detail(400, INVALID);
    assert_eq!(log_in(&app, EMAIL, OWNERS_PASSWORD).await.status, 403);
}
