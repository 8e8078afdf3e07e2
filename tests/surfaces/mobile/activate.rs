//! Mobile contract 2.2, decision 5.

use std::time::Duration;

use serde_json::json;
use vestibule_tests::TestApp;

use super::person::{
    MOBILE, NAME, PASSWORD, activate, administrator, call, hardened, log_in, register, says, signed_in,
    success, unlimited, user,
};

fn closed() -> vestibule_tests::TestAppBuilder {
    TestApp::on_memory().with("doors.mobile_activation", "false")
}

#[tokio::test]
async fn through_the_open_door_the_number_alone_activates_again_and_again() {
    let app = unlimited().start().await;
    let uuid = register(&app, NAME, MOBILE).await.json()["data"]["uuid"].as_str().unwrap().to_owned();
    let activated = success(&user(MOBILE, true, NAME, &uuid));
    activate(&app, MOBILE, None).await.is(200, &activated);
    activate(&app, MOBILE, Some("wrong")).await.is(200, &activated);
    let body = json!({"mobile": MOBILE, "code": ["x"]});
    app.post("/user/activate-account", &body).await.is(200, &activated);
    assert_eq!(log_in(&app, NAME, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn through_the_closed_door_the_code_activates_once() {
    let app = hardened().start().await;
    let uuid = register(&app, NAME, MOBILE).await.json()["data"]["uuid"].as_str().unwrap().to_owned();
    let code = app.mailed_code(MOBILE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    says(&activate(&app, MOBILE, Some(wrong)).await, 400, "Invalid or expired code.");
    activate(&app, MOBILE, Some(&code)).await.is(200, &success(&user(MOBILE, true, NAME, &uuid)));
    says(&activate(&app, MOBILE, Some(&code)).await, 400, "Invalid or expired code.");
}

#[tokio::test]
async fn a_number_that_nobody_has_or_that_is_none_is_not_found() {
    for app in [unlimited().start().await, hardened().start().await] {
        for mobile in ["01700000009", "nobody", "1"] {
            says(&activate(&app, mobile, Some("123456")).await, 404, "User not found.");
        }
        for body in [json!({}), json!({"mobile": ""}), json!({"mobile": null}), json!([])] {
            says(&app.post("/user/activate-account/", &body).await, 400, "mobile is required");
        }
    }
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_five_tries() {
    let app = closed().start().await;
    register(&app, NAME, MOBILE).await;
    let code = app.mailed_code(MOBILE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        says(&activate(&app, MOBILE, Some(wrong)).await, 400, "Invalid or expired code.");
    }
    says(&activate(&app, MOBILE, Some(&code)).await, 400, "Invalid or expired code.");

    app.clock.advance(Duration::from_mins(1));
    says(&activate(&app, MOBILE, None).await, 400, "Invalid or expired code.");
    let code = app.mailed_code(MOBILE).await;
    app.clock.advance(Duration::from_mins(10));
    says(&activate(&app, MOBILE, Some(&code)).await, 400, "Invalid or expired code.");
}

#[tokio::test]
async fn another_code_is_sent_once_a_minute_and_asking_for_it_is_no_try() {
    let app = closed().start().await;
    register(&app, NAME, MOBILE).await;
    // The SMS of the registration opened the minute.
    let refused = activate(&app, MOBILE, None).await;
    says(&refused, 429, "Too Many Requests");
    assert_eq!(refused.header("retry-after"), "60");
    app.clock.advance(Duration::from_mins(1));
    let first = app.mailed_code(MOBILE).await;
    says(&activate(&app, MOBILE, Some("")).await, 400, "Invalid or expired code.");
    assert_eq!(app.mails_to(MOBILE).await, 2);
    says(&activate(&app, MOBILE, None).await, 429, "Too Many Requests");
    let code = app.mailed_code(MOBILE).await;
    if code != first {
        says(&activate(&app, MOBILE, Some(&first)).await, 400, "Invalid or expired code.");
    }
    assert_eq!(activate(&app, MOBILE, Some(&code)).await.status, 200);
}

#[tokio::test]
async fn an_administrator_activates_without_a_code_and_nobody_else() {
    let app = hardened().start().await;
    let root = administrator(&app).await;
    let eve = signed_in(&app, "eve", "01700000003").await;
    register(&app, NAME, MOBILE).await;
    let body = json!({"mobile": MOBILE});
    let path = "/user/activate-account/";
    says(&call(&app, "POST", path, &eve.access, Some(&body)).await, 400, "Invalid or expired code.");
    says(&call(&app, "POST", path, "no token", Some(&body)).await, 400, "Invalid or expired code.");
    assert_eq!(call(&app, "POST", path, &root.access, Some(&body)).await.status, 200);
    assert_eq!(log_in(&app, NAME, PASSWORD).await.status, 200);
}
