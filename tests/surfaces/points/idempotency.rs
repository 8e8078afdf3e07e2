//! Points contract, decision 7: the header `Idempotency-Key`.

use std::time::Duration;

use serde_json::json;
use vestibule_tests::{Answer, TestApp};

use super::person::{ADD, DEDUCT, EMAIL, PASSWORD, add, balance, form, log_in, signed_in, unlimited};

async fn keyed(app: &TestApp, path: &str, key: &str, pairs: &[(&str, &str)]) -> Answer {
    app.send(form(app, "PUT", path, pairs).header("idempotency-key", key)).await
}

const FIVE: &str = r#"{"message":"5 points added to Ada successfully"}"#;

#[tokio::test]
async fn the_same_request_is_done_once_and_answered_alike() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    for _ in 0..3 {
        keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    }
    assert_eq!(balance(&app, &token).await, 5);
    keyed(&app, ADD, "another", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    assert_eq!(balance(&app, &token).await, 10);
}

#[tokio::test]
async fn neither_the_encoding_nor_the_token_nor_the_slash_matters() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    let other = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    let request = app.request("PUT", &format!("{ADD}/")).header("content-type", "application/json");
    let request = request.header("idempotency-key", "k").header("authorization", format!("Bearer {other}"));
    app.send(request.body(json!({"points": 5, "more": "x"}).to_string())).await.is(200, FIVE);
    assert_eq!(balance(&app, &token).await, 5);
}

#[tokio::test]
async fn other_fields_under_the_same_key_are_refused() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    for fields in [
        &[("points", "6"), ("access_token", token.as_str())][..],
        &[("points", "5"), ("user_id", "x"), ("access_token", &token)],
        &[("access_token", &token)],
    ] {
        let answer = keyed(&app, ADD, "k", fields).await;
        answer.is_detail(422, "Idempotency-Key was used for another request");
    }
    assert_eq!(balance(&app, &token).await, 5);
}

#[tokio::test]
async fn a_key_belongs_to_its_account_method_and_path() {
    let app = unlimited().await;
    let ada = signed_in(&app, EMAIL).await;
    let eve = signed_in(&app, "eve@example.com").await;
    for token in [&ada, &eve] {
        keyed(&app, ADD, "k", &[("points", "5"), ("access_token", token)]).await.is(200, FIVE);
    }
    let spent = keyed(&app, DEDUCT, "k", &[("points", "5"), ("access_token", &ada)]).await;
    spent.is(200, r#"{"message":"5 points deducted from Ada successfully"}"#);
    assert_eq!((balance(&app, &ada).await, balance(&app, &eve).await), (0, 5));
}

#[tokio::test]
async fn refusals_are_given_again_too() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let fields = [("points", "5"), ("access_token", token.as_str())];
    keyed(&app, DEDUCT, "k", &fields).await.is_detail(401, "Insufficient points");
    add(&app, &token, "5").await;
    keyed(&app, DEDUCT, "k", &fields).await.is_detail(401, "Insufficient points");
    assert_eq!(balance(&app, &token).await, 5);
    let lost = [("points", "9223372036854775807"), ("access_token", token.as_str())];
    for _ in 0..2 {
        keyed(&app, ADD, "great", &lost).await.is_detail(400, "Points out of range");
    }
    let another =
        [("points", "1"), ("user_id", "00000000-0000-4000-8000-000000000001"), ("access_token", &token)];
    for _ in 0..2 {
        keyed(&app, ADD, "foreign", &another).await.is_detail(403, "Forbidden");
    }
}

#[tokio::test]
async fn what_is_refused_before_the_token_is_looked_at_is_not_kept() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let with = |points: &'static str| [("points", points), ("access_token", token.as_str())];
    keyed(&app, ADD, "k", &with("-5")).await.is_detail(403, "Points cannot be negative");
    assert_eq!(keyed(&app, ADD, "k", &with("x")).await.status, 422);
    keyed(&app, ADD, "k", &with("5")).await.is(200, FIVE);
}

#[tokio::test]
async fn a_key_is_kept_for_a_day() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    app.clock.advance(Duration::from_secs(24 * 3600 - 1));
    let token = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    assert_eq!(balance(&app, &token).await, 5);
    app.clock.advance(Duration::from_secs(2));
    keyed(&app, ADD, "k", &[("points", "5"), ("access_token", &token)]).await.is(200, FIVE);
    assert_eq!(balance(&app, &token).await, 10);
}

#[tokio::test]
async fn an_empty_key_is_none_and_any_bytes_are_one() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let fields = [("points", "5"), ("access_token", token.as_str())];
    for _ in 0..2 {
        keyed(&app, ADD, "", &fields).await.is(200, FIVE);
    }
    assert_eq!(balance(&app, &token).await, 10);
    for key in [&b"\xff\xfe"[..], b"\xff\xfe", b"\xff\xfd", b"\\xff\\xfe"] {
        let value = reqwest::header::HeaderValue::from_bytes(key).unwrap();
        app.send(form(&app, "PUT", ADD, &fields).header("idempotency-key", value)).await.is(200, FIVE);
    }
    assert_eq!(balance(&app, &token).await, 25);
}

#[tokio::test]
async fn of_many_at_once_one_is_done() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let fields = [("points", "5"), ("access_token", token.as_str())];
    let answers = futures::future::join_all((0..20).map(|_| keyed(&app, ADD, "k", &fields))).await;
    for answer in &answers {
        match answer.status {
            200 => answer.is(200, FIVE),
            _ => answer.is_detail(409, "A request with this Idempotency-Key is under way"),
        }
    }
    assert!(answers.iter().any(|answer| answer.status == 200));
    assert_eq!(balance(&app, &token).await, 5);
}
