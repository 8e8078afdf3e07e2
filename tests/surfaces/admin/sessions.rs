//! Admin contract 2.4 and 2.5, decisions 2, 6 and 7.

use serde_json::json;
use vestibule_domain::accounts::EmailAddress;

use super::person::{PASSWORD, admin, email, log_in, member, unlimited};

const REFRESH: &str = "/api/v1/refresh/";
const WRONG: &str = r#"{"detail":"Incorrect email or password"}"#;

#[tokio::test]
async fn a_login_answers_two_tokens_and_nothing_else() {
    let app = unlimited().await;
    member(&app, "ada").await;
    let session = log_in(&app, "ada").await;
    let keys: Vec<_> = session.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!((session.status, keys), (200, vec!["access_token".to_owned(), "refresh_token".to_owned()]));
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike() {
    let app = unlimited().await;
    member(&app, "ada").await;
    for (email, password) in [(email("ada"), "another"), (email("nobody"), PASSWORD)] {
        let answer = app.post("/api/v1/auth/login", &json!({"email": email, "password": password})).await;
        answer.is(401, WRONG);
    }
}

#[tokio::test]
async fn a_refresh_token_is_not_exchanged() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for _ in 0..2 {
        let answer = app.post(REFRESH, &json!({"refresh_token": ada.refresh})).await;
        let keys: Vec<_> = answer.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!((answer.status, keys), (200, vec!["access_token".to_owned()]));
        assert!(app.services.verify_access.execute(&answer.text("access_token")).await.is_ok());
    }
    // Several sessions stand side by side.
    log_in(&app, "ada").await;
    assert_eq!(app.post(REFRESH, &json!({"refresh_token": ada.refresh})).await.status, 200);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let app = unlimited().await;
    let ada = member(&app, "ada").await;
    for token in ["", "garbage", &ada.token] {
        let answer = app.post(REFRESH, &json!({"refresh_token": token})).await;
        answer.is(400, r#"{"detail":"Not a valid refresh token"}"#);
    }
    app.clock.advance(std::time::Duration::from_hours(8 * 24));
    let expired = app.post(REFRESH, &json!({"refresh_token": ada.refresh})).await;
    expired.is(400, r#"{"detail":"Not a valid refresh token"}"#);
}

#[tokio::test]
async fn a_revoked_refresh_token_is_told_apart() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    root.trash(&app, &ada.id).await.is(204, "");
    let answer = app.post(REFRESH, &json!({"refresh_token": ada.refresh})).await;
    answer.is(403, r#"{"detail":"You do not have permission to perfome this operation"}"#);
}

#[tokio::test]
async fn a_bad_token_is_answered_in_one_way() {
    let app = unlimited().await;
    let (root, ada) = (admin(&app, "root").await, member(&app, "ada").await);
    let call = async |header: Option<String>| {
        let request = app.request("GET", &super::person::user_path(&ada.id));
        let request = match header {
            Some(header) => request.header("authorization", header),
            None => request,
        };
        app.send(request).await
    };
    for header in [None, Some("Basic x".to_owned()), Some("Bearer".to_owned()), Some(ada.token.clone())] {
        let answer = call(header).await;
        answer.is(401, r#"{"detail":"Not authenticated"}"#);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let bad = r#"{"detail":"Not a valid token "}"#;
    let cut = &ada.token[..ada.token.len() - 3];
    for token in ["garbage".to_owned(), ada.refresh.clone(), cut.to_owned(), format!(" {}", ada.token)] {
        let answer = call(Some(format!("Bearer {token}"))).await;
        answer.is(401, bad);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    assert_eq!(call(Some(format!("bEARER {}", ada.token))).await.status, 200);
    root.trash(&app, &ada.id).await.is(204, "");
    call(Some(format!("Bearer {}", ada.token))).await.is(401, bad);
    app.clock.advance(std::time::Duration::from_mins(31));
    call(Some(format!("Bearer {}", root.token))).await.is(401, bad);
}

#[tokio::test]
async fn who_is_locked_out_is_answered_like_a_wrong_password() {
    let app = unlimited().await;
    member(&app, "ada").await;
    let mut repositories = app.deps.store.repositories();
    let ada = EmailAddress::parse(&email("ada")).unwrap();
    let ada = repositories.accounts().by_email(&ada).await.unwrap().unwrap();
    repositories.accounts().deactivate(ada.id, app.deps.clock.now()).await.unwrap();
    log_in(&app, "ada").await.is(401, WRONG);
}
