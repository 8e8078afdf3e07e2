//! The doors of this surface, closed. Open ones are the published contract.

use vestibule_tests::TestApp;

use super::person::{
    EMAIL, NEW_PASSWORD, PASSWORD, SEND_CODE, VERIFY_CODE, add, administrator, balance, call,
    change_password, create, deduct, email_exist, form, hardened, id, log_in, signed_in, unlimited,
};

#[tokio::test]
async fn a_code_is_mailed_and_not_told() {
    for app in [
        hardened().await,
        TestApp::on_memory().with("doors.verification_code_in_response", "false").start().await,
    ] {
        call(&app, "POST", SEND_CODE, &[("to", EMAIL)]).await.is(200, r#"{"code":""}"#);
        let code = app.mailed_code(EMAIL).await;
        let fields = [("to", EMAIL), ("code", code.as_str())];
        call(&app, "POST", VERIFY_CODE, &fields).await.is(200, r#"{"verified":true}"#);
    }
}

#[tokio::test]
async fn a_recovery_token_works_only_after_a_mailed_code_proved_the_address() {
    let app = hardened().await;
    create(&app, EMAIL).await;
    let answer = email_exist(&app, EMAIL).await;
    let token = answer.text("access_token");
    answer.is(200, &format!(r#"{{"exist":true,"access_token":"{token}"}}"#));
    change_password(&app, &token, NEW_PASSWORD).await.is_detail(401, "Invalid access token");

    // Another's proof is of no use.
    prove(&app, "eve@example.com").await;
    change_password(&app, &token, NEW_PASSWORD).await.is_detail(401, "Invalid access token");
    prove(&app, EMAIL).await;
    change_password(&app, &token, NEW_PASSWORD)
        .await
        .is(200, r#"{"message":"Password changed successfully"}"#);
    assert_eq!(log_in(&app, EMAIL, NEW_PASSWORD).await.status, 200);

    // A proof is good once, and so is a token.
    let next = email_exist(&app, EMAIL).await.text("access_token");
    for spent in [&token, &next] {
        change_password(&app, spent, PASSWORD).await.is_detail(401, "Invalid access token");
    }
}

async fn prove(app: &TestApp, email: &str) {
    call(app, "POST", SEND_CODE, &[("to", email)]).await;
    let code = app.mailed_code(email).await;
    call(app, "POST", VERIFY_CODE, &[("to", email), ("code", &code)]).await.is(200, r#"{"verified":true}"#);
}

#[tokio::test]
async fn a_login_changes_its_password_without_a_proof() {
    let app = hardened().await;
    let token = signed_in(&app, EMAIL).await;
    change_password(&app, &token, NEW_PASSWORD)
        .await
        .is(200, r#"{"message":"Password changed successfully"}"#);
}

#[tokio::test]
async fn only_administrators_add_points_and_everybody_spends_his_own() {
    let app = hardened().await;
    let ada = signed_in(&app, EMAIL).await;
    let admin = administrator(&app).await;
    add(&app, &ada, "5").await.is_detail(403, "Forbidden");
    add(&app, &ada, "-5").await.is_detail(403, "Points cannot be negative");
    let id = id(&app, EMAIL).await;
    let fields = [("points", "5"), ("user_id", id.as_str()), ("access_token", admin.as_str())];
    let request = form(&app, "PUT", super::person::ADD, &fields);
    app.send(request).await.is(200, r#"{"message":"5 points added to Ada successfully"}"#);
    add(&app, &admin, "1").await.is(200, r#"{"message":"1 points added to Ada successfully"}"#);
    deduct(&app, &ada, "2").await.is(200, r#"{"message":"2 points deducted from Ada successfully"}"#);
    assert_eq!(balance(&app, &ada).await, 3);
}

#[tokio::test]
async fn each_door_is_closed_alone() {
    let app = TestApp::on_memory().with("doors.self_credit", "false").start().await;
    let token = signed_in(&app, EMAIL).await;
    add(&app, &token, "5").await.is_detail(403, "Forbidden");
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    assert_eq!(change_password(&app, &recovery, NEW_PASSWORD).await.status, 200);
    let app = TestApp::on_memory().with("doors.recovery_token", "false").start().await;
    let token = signed_in(&app, EMAIL).await;
    assert_eq!(add(&app, &token, "5").await.status, 200);
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    change_password(&app, &recovery, NEW_PASSWORD).await.is_detail(401, "Invalid access token");
}

#[tokio::test]
async fn open_doors_are_of_the_documented_posture() {
    let app = unlimited().await;
    let token = signed_in(&app, EMAIL).await;
    assert_eq!(add(&app, &token, "5").await.status, 200);
    assert_eq!(call(&app, "POST", SEND_CODE, &[("to", EMAIL)]).await.text("code").len(), 4);
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    assert_eq!(change_password(&app, &recovery, NEW_PASSWORD).await.status, 200);
}
