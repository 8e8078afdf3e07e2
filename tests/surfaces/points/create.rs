//! Points contract 2.4.

use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, call, create, log_in, missing, show, too_long, unlimited};

const PATH: &str = "/api/users/";
const CREATED: &str = r#"{"message":"User created successfully"}"#;

/// Registers with one field of another value.
async fn with(app: &TestApp, field: &str, value: &str) -> vestibule_tests::Answer {
    let fields = [("username", "Ada"), ("email", EMAIL), ("password", PASSWORD), ("phone_number", "1")];
    call(app, "POST", PATH, &fields.map(|(name, old)| (name, if name == field { value } else { old }))).await
}

#[tokio::test]
async fn an_account_is_created_and_can_be_used_at_once_without_a_mail() {
    let app = TestApp::start().await;
    create(&app, "Ada@Example.com").await.is(200, CREATED);
    assert_eq!(app.mails_to(EMAIL).await, 0);
    let token = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    show(&app, &token)
        .await
        .is(200, r#"{"username":"Ada","email":"ada@example.com","phone_number":"+33 1 23 45","points":0}"#);
}

#[tokio::test]
async fn a_taken_address_is_refused_whatever_its_letter_case_and_a_taken_name_is_none() {
    let app = unlimited().await;
    create(&app, EMAIL).await.is(200, CREATED);
    for again in [EMAIL, "ADA@example.com", "ada@example.com\n"] {
        create(&app, again).await.is_detail(400, "User already exist with this email ada@example.com");
    }
    create(&app, "bob@example.com").await.is(200, CREATED);
}

#[tokio::test]
async fn the_published_pattern_decides_what_is_an_address() {
    let app = unlimited().await;
    for good in [".a@b.co", "a..b@b.co", "a@b..com", "a@-.aa"] {
        create(&app, good).await.is(200, CREATED);
        assert_eq!(log_in(&app, good, PASSWORD).await.status, 200, "{good}");
    }
    for bad in ["nobody", " a@b.co", "é@b.co", "o'neill@b.co", "a@b.co,c@d.co", "a@b.c"] {
        with(&app, "email", bad).await.is_detail(400, "Invalid email");
    }
}

#[tokio::test]
async fn a_password_has_eight_characters_both_cases_and_a_digit() {
    let app = unlimited().await;
    for weak in ["Short1a", "alllower1", "ALLUPPER1", "NoDigitsHere", "ÉÉÉÉÉÉÉ1é", "        "] {
        with(&app, "password", weak).await.is_detail(400, "Invalid password structure");
    }
    // Characters count, not bytes; the digit may be of any script.
    with(&app, "password", "Aa１ééééé").await.is(200, CREATED);
}

#[tokio::test]
async fn the_address_is_looked_at_before_the_password_and_that_before_a_taken_address() {
    let app = unlimited().await;
    create(&app, EMAIL).await;
    let fields = |email, password| {
        [("username", "A"), ("email", email), ("password", password), ("phone_number", "1")]
    };
    call(&app, "POST", PATH, &fields("bad", "weak")).await.is_detail(400, "Invalid email");
    call(&app, "POST", PATH, &fields(EMAIL, "weak")).await.is_detail(400, "Invalid password structure");
}

#[tokio::test]
async fn missing_and_empty_fields_are_named_before_anything_is_looked_at() {
    let app = unlimited().await;
    let all = missing(&["username", "email", "password", "phone_number"]);
    call(&app, "POST", PATH, &[]).await.is(422, &all);
    let fields = [("username", ""), ("email", "bad"), ("password", ""), ("phone_number", "1")];
    call(&app, "POST", PATH, &fields).await.is(422, &missing(&["username", "password"]));
}

#[tokio::test]
async fn values_that_are_too_long_are_told_and_a_password_is_not_shown() {
    let app = unlimited().await;
    let long = |length: usize| "x".repeat(length);
    with(&app, "username", &long(56)).await.is(422, &too_long("username", 55, &long(56)));
    with(&app, "phone_number", &long(256)).await.is(422, &too_long("phone_number", 255, &long(256)));
    let address = format!("{}@example.com", long(243));
    with(&app, "email", &address).await.is(422, &too_long("email", 254, &address));
    with(&app, "password", &"Aa1é".repeat(205)).await.is(422, &too_long("password", 1024, "***"));

    with(&app, "username", &"é".repeat(55)).await.is(200, CREATED);
    let password = format!("Aa1{}", long(1021));
    let fields = [
        ("username", " "),
        ("email", "bob@example.com"),
        ("password", password.as_str()),
        ("phone_number", &long(255)),
    ];
    call(&app, "POST", PATH, &fields).await.is(200, CREATED);
    assert_eq!(log_in(&app, "bob@example.com", &password).await.status, 200);
}

#[tokio::test]
async fn a_nul_is_no_part_of_a_name_or_a_number_and_may_be_in_a_password() {
    let app = unlimited().await;
    for field in ["username", "phone_number"] {
        let answer = with(&app, field, "a\0").await;
        assert_eq!((answer.status, &answer.json()["detail"][0]["loc"][1]), (422, &field.into()));
    }
    with(&app, "password", "Aa1\0Aa1\0Aa1").await.is(200, CREATED);
    log_in(&app, EMAIL, "Aa1\0Aa1\0Aa2").await.is_detail(401, "Invalid credentials");
    assert_eq!(log_in(&app, EMAIL, "Aa1\0Aa1\0Aa1").await.status, 200);
}

#[tokio::test]
async fn nobody_chooses_a_role() {
    let app = unlimited().await;
    let fields = [
        ("username", "A"),
        ("email", EMAIL),
        ("password", PASSWORD),
        ("phone_number", "1"),
        ("role", "ADMIN"),
        ("points", "7"),
    ];
    call(&app, "POST", PATH, &fields).await.is(200, CREATED);
    let details = super::person::account(&app, EMAIL).await.details;
    assert_eq!((details.role, details.points), (vestibule_domain::accounts::Role::User, 0));
}
