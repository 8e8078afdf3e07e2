//! Mobile contract 2.3, decisions 7, 8 and 13.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule_infrastructure::faulty::Fault;

use super::person::{MOBILE, NAME, PASSWORD, activate, log_in, register, says, signed_in, unlimited};

fn claims(token: &str) -> Value {
    let payload = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

#[tokio::test]
async fn each_reason_has_its_published_answer() {
    let app = unlimited().start().await;
    says(&log_in(&app, NAME, PASSWORD).await, 404, "User not found.");
    says(&log_in(&app, "a\0b", PASSWORD).await, 404, "User not found.");
    register(&app, NAME, MOBILE).await;
    says(&log_in(&app, NAME, "Engine1844").await, 401, "Invalid credentials!");
    says(&log_in(&app, NAME, PASSWORD).await, 400, "Your account have not confirmed yet!");
    activate(&app, MOBILE, None).await;
    says(&log_in(&app, NAME, "x").await, 401, "Invalid credentials!");
    let answer = log_in(&app, "ADA", PASSWORD).await;
    let (access, refresh) = (answer.text("access_token"), answer.text("refresh_token"));
    answer.is(200, &format!("{{\"access_token\":\"{access}\",\"refresh_token\":\"{refresh}\"}}\n"));
}

#[tokio::test]
async fn both_keys_are_read_before_anything_is_looked_up() {
    let app = unlimited().start().await;
    for (body, field) in [
        (json!({"password": PASSWORD}), "username"),
        (json!({"username": NAME}), "password"),
        (json!({"username": NAME, "password": ""}), "password"),
        (json!({"username": NAME, "password": 1}), "password"),
        (json!(null), "username"),
    ] {
        says(&app.post("/user/login", &body).await, 400, &format!("{field} is required"));
    }
}

#[tokio::test]
async fn tokens_carry_the_claims_that_clients_decode() {
    let app = unlimited().start().await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    for (token, token_type, life) in [(&ada.access, "access", 900), (&ada.refresh, "refresh", 30 * 86_400)] {
        let claims = claims(token);
        assert_eq!(claims["identity"], json!(ada.uuid));
        assert_eq!(claims["type"], json!(token_type));
        assert_eq!((&claims["sub"], &claims["use"]), (&claims["identity"], &claims["type"]));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), life);
        assert!(claims.get("nbf").is_none() && claims.get("aud").is_none(), "{claims}");
        assert!(token.len() < 1024);
    }
}

#[tokio::test]
async fn a_store_that_fails_is_answered_in_the_published_words() {
    let app = unlimited().start().await;
    app.faults.fail_everything(Fault::Unexpected);
    says(&log_in(&app, NAME, PASSWORD).await, 500, "Internal server error. Unable to get data.");
}
