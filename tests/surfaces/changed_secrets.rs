//! What a change of the token secrets leaves as it was, while each server accepts the others' too.

use tempfile::TempDir;
use vestibule_tests::TestApp;

use crate::contacts::person as contacts;
use crate::points::person as points;
use crate::points::person::{EMAIL, NEW_PASSWORD, SEND_CODE, VERIFY_CODE};

const OLD: [&str; 2] = ["an old secret of access tokens, long", "the old secret of refresh tokens, long"];
const NEW: [&str; 2] = ["a new secret of access tokens, longer", "one new secret of refresh tokens, longer"];

/// A server that signs with some secrets and accepts others as well, on a SQLite file of the test.
async fn server(folder: &TempDir, secrets: [&str; 2], former: Option<[&str; 2]>) -> TestApp {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("shared.db").display());
    let app = TestApp::on_memory()
        .with("database.url", &url)
        .with("rate_limit.enabled", "false")
        .with("posture", "hardened")
        .with("tokens.access_secret", secrets[0])
        .with("tokens.refresh_secret", secrets[1]);
    let app = former.into_iter().fold(app, |app, [access, refresh]| {
        app.with("tokens.former_access_secret", access).with("tokens.former_refresh_secret", refresh)
    });
    app.start().await
}

/// Status of a call that needs an access token.
async fn access(app: &TestApp, token: &str) -> u16 {
    contacts::call(app, "GET", "/api/contacts/", token, None).await.status
}

#[tokio::test]
async fn nobody_is_signed_out_and_no_new_token_is_of_the_former_secret() {
    let folder = tempfile::tempdir().unwrap();
    let before = server(&folder, OLD, None).await;
    let (old_access, old_refresh) = contacts::signed_in(&before, "ada@example.com").await;
    let rotated = contacts::refresh(&before, &old_refresh).await;

    let changed = server(&folder, NEW, Some(OLD)).await;
    assert_eq!(access(&changed, &old_access).await, 200);
    // Whose answer was lost gets the token that the other server made.
    let again = contacts::refresh(&changed, &old_refresh).await;
    assert_eq!(again.text("refresh_token"), rotated.text("refresh_token"));
    let next = contacts::refresh(&changed, &rotated.text("refresh_token")).await;
    assert_eq!(access(&changed, &next.text("access_token")).await, 200);

    let after = server(&folder, NEW, None).await;
    assert_eq!(access(&after, &next.text("access_token")).await, 200);
    assert_eq!(contacts::refresh(&after, &next.text("refresh_token")).await.status, 200);
    assert_eq!(access(&after, &old_access).await, 401);
}

#[tokio::test]
async fn two_servers_of_which_one_has_changed_already_accept_each_others_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(&folder, OLD, Some(NEW)).await;
    let second = server(&folder, NEW, Some(OLD)).await;
    let (mut access_token, mut refresh_token) = contacts::signed_in(&first, "ada@example.com").await;
    for app in [&second, &first, &second] {
        assert_eq!(access(app, &access_token).await, 200);
        let next = contacts::refresh(app, &refresh_token).await;
        assert_eq!(next.status, 200, "{next:?}");
        (access_token, refresh_token) = (next.text("access_token"), next.text("refresh_token"));
    }
}

#[tokio::test]
async fn codes_proofs_and_recovery_tokens_of_before_are_good() {
    let folder = tempfile::tempdir().unwrap();
    let before = server(&folder, OLD, None).await;
    points::create(&before, EMAIL).await;
    let token = points::email_exist(&before, EMAIL).await.text("access_token");
    points::call(&before, "POST", SEND_CODE, &[("to", EMAIL)]).await;
    let code = before.mailed_code(EMAIL).await;

    let changed = server(&folder, NEW, Some(OLD)).await;
    let fields = [("to", EMAIL), ("code", code.as_str())];
    points::call(&changed, "POST", VERIFY_CODE, &fields).await.is(200, r#"{"verified":true}"#);
    // The proof is of the new secret, and the other server is asked.
    let other = server(&folder, OLD, Some(NEW)).await;
    points::change_password(&other, &token, NEW_PASSWORD)
        .await
        .is(200, r#"{"message":"Password changed successfully"}"#);
    // It is good once.
    let next = points::email_exist(&changed, EMAIL).await.text("access_token");
    points::change_password(&changed, &next, NEW_PASSWORD).await.is_detail(401, "Invalid access token");
}

#[tokio::test]
async fn a_code_of_a_secret_that_is_gone_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let before = server(&folder, OLD, None).await;
    points::create(&before, EMAIL).await;
    points::call(&before, "POST", SEND_CODE, &[("to", EMAIL)]).await;
    let code = before.mailed_code(EMAIL).await;
    let after = server(&folder, NEW, None).await;
    let answer = points::call(&after, "POST", VERIFY_CODE, &[("to", EMAIL), ("code", &code)]).await;
    assert_ne!(answer.status, 200, "{answer:?}");
}
