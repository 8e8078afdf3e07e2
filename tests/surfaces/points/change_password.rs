//! Points contract 2.7, decisions 2, 5 and 6.

use vestibule_tests::TestApp;

use super::person::{
    CHANGE_PASSWORD, EMAIL, NEW_PASSWORD, PASSWORD, call, change_password, email_exist, form, log_in,
    missing, show, signed_in, too_long, unlimited,
};

const CHANGED: &str = r#"{"message":"Password changed successfully"}"#;

#[tokio::test]
async fn a_change_ends_every_other_token_of_the_account() {
    let app = TestApp::start().await;
    let token = signed_in(&app, EMAIL).await;
    let other = log_in(&app, EMAIL, PASSWORD).await.text("access_token");
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    change_password(&app, &token, NEW_PASSWORD).await.is(200, CHANGED);
    assert_eq!(show(&app, &token).await.status, 200);
    show(&app, &other).await.is_detail(401, "Invalid access token");
    change_password(&app, &recovery, PASSWORD).await.is_detail(401, "Invalid access token");
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Invalid credentials");
    assert_eq!(log_in(&app, EMAIL, NEW_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_recovery_ends_every_token() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    let request = form(&app, "PUT", CHANGE_PASSWORD, &[("new_password", NEW_PASSWORD)]);
    app.send(request.header("authorization", format!("Bearer {recovery}"))).await.is(200, CHANGED);
    show(&app, &token).await.is_detail(401, "Invalid access token");
}

#[tokio::test]
async fn the_owner_is_told_in_the_language_of_the_request_or_in_french() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    change_password(&app, &token, NEW_PASSWORD).await.is(200, CHANGED);
    assert_eq!(app.mails_to(EMAIL).await, 1);
    let fields = [("new_password", PASSWORD), ("access_token", token.as_str())];
    let request = form(&app, "PUT", CHANGE_PASSWORD, &fields).header("accept-language", "en");
    app.send(request).await.is(200, CHANGED);
    assert_eq!(app.mails_to(EMAIL).await, 2);
    let subjects = app.mailbox.to(EMAIL).into_iter().map(|it| it.mail.subject).collect::<Vec<_>>();
    assert_eq!(subjects, ["Your password was changed", "Votre mot de passe a été modifié"]);
}

#[tokio::test]
async fn what_is_wrong_is_told_fields_first_then_the_token_then_the_password() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    call(&app, "PUT", CHANGE_PASSWORD, &[]).await.is(422, &missing(&["new_password"]));
    call(&app, "PUT", CHANGE_PASSWORD, &[("new_password", "weak")])
        .await
        .is_detail(401, "Invalid access token");
    change_password(&app, "x", "weak").await.is_detail(401, "Invalid access token");
    change_password(&app, &token, "weak").await.is_detail(400, "Invalid password structure");
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    change_password(&app, &recovery, "weak").await.is_detail(400, "Invalid password structure");
    // A refusal does not use the token up.
    change_password(&app, &recovery, NEW_PASSWORD).await.is(200, CHANGED);
    change_password(&app, "x", &"x".repeat(1025)).await.is(422, &too_long("new_password", 1024, "***"));
}
