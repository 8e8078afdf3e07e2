//! The same story on every store.

use vestibule_tests::{TestAppBuilder, on_every_store};

use super::person::{
    ADD, EMAIL, NEW_PASSWORD, PASSWORD, SEND_CODE, VERIFY_CODE, add, administrator, balance, call,
    change_password, create, deduct, email_exist, form, id, log_in, show, signed_in,
};

/// What a client of the published contract does, with the doors of codes and recovery closed.
async fn story(app: TestAppBuilder) {
    let app = app
        .with("rate_limit.enabled", "false")
        .with("doors.verification_code_in_response", "false")
        .with("doors.recovery_token", "false")
        .start()
        .await;
    let token = signed_in(&app, EMAIL).await;
    create(&app, "ADA@example.com")
        .await
        .is_detail(400, "User already exist with this email ada@example.com");

    assert_eq!(add(&app, &token, "9223372036854775807").await.status, 200);
    add(&app, &token, "1").await.is_detail(400, "Points out of range");
    assert_eq!(deduct(&app, &token, "9223372036854775800").await.status, 200);
    deduct(&app, &token, "8").await.is_detail(401, "Insufficient points");
    for _ in 0..2 {
        let request = form(&app, "PUT", ADD, &[("points", "3"), ("access_token", &token)]);
        app.send(request.header("idempotency-key", "once"))
            .await
            .is(200, r#"{"message":"3 points added to Ada successfully"}"#);
    }
    let admin = administrator(&app).await;
    let fields = [("points", "5"), ("user_id", &id(&app, EMAIL).await), ("access_token", &admin)];
    assert_eq!(call(&app, "PUT", ADD, &fields).await.status, 200);
    assert_eq!(balance(&app, &token).await, 15);

    call(&app, "POST", SEND_CODE, &[("to", EMAIL), ("type_", "mixte")]).await.is(200, r#"{"code":""}"#);
    let code = app.mailed_code(EMAIL).await;
    let recovery = email_exist(&app, EMAIL).await.text("access_token");
    change_password(&app, &recovery, NEW_PASSWORD).await.is_detail(401, "Invalid access token");
    let fields = [("to", EMAIL), ("code", code.as_str())];
    call(&app, "POST", VERIFY_CODE, &fields).await.is(200, r#"{"verified":true}"#);
    call(&app, "POST", VERIFY_CODE, &fields).await.is_detail(400, "Invalid or expired code");
    assert_eq!(change_password(&app, &recovery, NEW_PASSWORD).await.status, 200);

    show(&app, &token).await.is_detail(401, "Invalid access token");
    log_in(&app, EMAIL, PASSWORD).await.is_detail(401, "Invalid credentials");
    let token = log_in(&app, EMAIL, NEW_PASSWORD).await.text("access_token");
    show(&app, &token)
        .await
        .is(200, r#"{"username":"Ada","email":"ada@example.com","phone_number":"+33 1 23 45","points":15}"#);
}

on_every_store!(story);
