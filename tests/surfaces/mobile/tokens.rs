//! What is wrong with a token: mobile contract 1, decision 3.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use vestibule_tests::{Answer, FixedClock, TestApp};

use super::person::{MOBILE, NAME, Person, says, says_msg, signed_in, unlimited};

const SECRETS: [&str; 2] =
    ["an access secret of more than 32 bytes", "a refresh secret of more than 32 bytes"];

async fn server() -> (TestApp, Person) {
    let app = unlimited()
        .with("tokens.access_secret", SECRETS[0])
        .with("tokens.refresh_secret", SECRETS[1])
        .start()
        .await;
    let ada = signed_in(&app, NAME, MOBILE).await;
    (app, ada)
}

async fn with(app: &TestApp, path: &str, header: &str) -> Answer {
    app.send(app.request("GET", path).header("authorization", header)).await
}

fn signed(header: &Value, payload: &Value, secret: &str) -> String {
    let text = [header, payload].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes())))
}

#[tokio::test]
async fn a_header_is_read_as_the_original_reads_it() {
    const BAD: &str = "Bad Authorization header. Expected value 'Bearer <JWT>'";
    let (app, ada) = server().await;
    let token = &ada.access;
    says_msg(&app.get("/user").await, 401, "Missing Authorization Header");
    says_msg(&with(&app, "/user", "").await, 401, "Missing Authorization Header");
    for header in ["Basic abc", token, "Bearer", "Bearer ", &format!("Bearer {token} x"), "Token x, Bearer"] {
        says_msg(&with(&app, "/user", header).await, 422, BAD);
    }
    for header in [
        format!("Bearer {token}"),
        format!("bearer {token}"),
        format!("BEARER   {token}"),
        format!("Bearer\t{token}"),
        format!("Basic x, Bearer {token}"),
        format!("Bearer {token}, Bearer x"),
    ] {
        assert_eq!(with(&app, "/user", &header).await.status, 200, "{header}");
    }
    assert_eq!(app.get(&format!("/user?token={token}")).await.status, 401);
}

#[tokio::test]
async fn a_malformed_token_is_422_in_the_words_of_the_first_part_that_is_broken() {
    let (app, ada) = server().await;
    let parts: Vec<&str> = ada.access.split('.').collect();
    let long = "x".repeat(9_000);
    for (token, words) in [
        ("x", "Not enough segments"),
        ("a.b", "Not enough segments"),
        (&long, "Not enough segments"),
        ("a.b.c", "Invalid header padding"),
        (&format!("{}.{}.a", parts[0], parts[1]), "Invalid crypto padding"),
        (&format!("{}.a.{}", parts[0], parts[2]), "Invalid payload padding"),
        (&format!("{}.{}.{}", parts[0], parts[1], parts[1]), "Signature verification failed"),
    ] {
        says_msg(&with(&app, "/user", &format!("Bearer {token}")).await, 422, words);
        says_msg(&with(&app, "/user/refresh-token/", &format!("Bearer {token}")).await, 422, words);
    }
}

#[tokio::test]
async fn another_algorithm_is_not_allowed() {
    let (app, ada) = server().await;
    let payload = json!({"identity": ada.uuid, "type": "access"});
    for header in [json!({"alg": "none"}), json!({"alg": "HS512"}), json!({"alg": "RS256"}), json!({})] {
        let token = signed(&header, &payload, SECRETS[0]);
        says_msg(
            &with(&app, "/user", &format!("Bearer {token}")).await,
            422,
            "The specified alg value is not allowed",
        );
    }
}

#[tokio::test]
async fn a_token_for_another_use_is_told_so_until_it_expires() {
    let (app, ada) = server().await;
    let bearer = |token: &str| format!("Bearer {token}");
    says_msg(&with(&app, "/user", &bearer(&ada.refresh)).await, 422, "Only access tokens are allowed");
    let at_refresh = with(&app, "/user/refresh-token/", &bearer(&ada.access)).await;
    says_msg(&at_refresh, 422, "Only refresh tokens are allowed");
    app.clock.advance(Duration::from_mins(15));
    for path in ["/user", "/user/refresh-token/"] {
        says_msg(&with(&app, path, &bearer(&ada.access)).await, 401, "Token has expired");
    }
}

/// As another service makes one that knows the secret.
#[tokio::test]
async fn a_token_of_ours_that_we_did_not_issue_is_told_what_it_lacks() {
    let (app, ada) = server().await;
    let header = json!({"alg": "HS256", "typ": "JWT"});
    let now = FixedClock::START.unix_timestamp();
    for (payload, status, body) in [
        (json!({"type": "access"}), 422, r#"{"msg":"Missing claim: identity"}"#),
        (json!({"identity": "", "type": "access"}), 401, r#"{"message":"Unauthorized access!"}"#),
        (json!({"identity": null}), 401, r#"{"message":"Unauthorized access!"}"#),
        (
            json!({"identity": ada.uuid, "nbf": now + 90}),
            422,
            r#"{"msg":"The token is not yet valid (nbf)"}"#,
        ),
        (json!({"identity": ada.uuid, "exp": now}), 401, r#"{"msg":"Token has expired"}"#),
        (
            json!({"identity": ada.uuid, "type": "refresh"}),
            422,
            r#"{"msg":"Only access tokens are allowed"}"#,
        ),
        (json!({"identity": ada.uuid, "type": "access"}), 401, r#"{"msg":"Token has been revoked"}"#),
    ] {
        let token = signed(&header, &payload, SECRETS[0]);
        with(&app, "/user", &format!("Bearer {token}")).await.is(status, &format!("{body}\n"));
    }
    let token = signed(&header, &json!({"identity": ada.uuid}), "another secret");
    says_msg(&with(&app, "/user", &format!("Bearer {token}")).await, 422, "Signature verification failed");
}

#[tokio::test]
async fn the_token_is_judged_before_the_target_and_the_target_before_the_body() {
    let (app, ada) = server().await;
    let broken = async |method: &str, path: &str, token: &str| {
        let request = app.request(method, path).header("authorization", format!("Bearer {token}"));
        app.send(request.header("content-type", "application/json").body("{")).await
    };
    for (method, path) in [("PATCH", "/user/"), ("POST", "/user/change-password/")] {
        let own = format!("{path}{}", ada.uuid);
        says_msg(&broken(method, &own, "x").await, 422, "Not enough segments");
        says(&broken(method, &format!("{path}x"), &ada.access).await, 404, "User not found.");
        says(&broken(method, &own, &ada.access).await, 400, "Invalid JSON");
    }
}
