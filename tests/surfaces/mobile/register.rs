//! Mobile contract 2.1, decisions 1, 2, 7 and 11.

use serde_json::json;
use vestibule_infrastructure::faulty::Fault;
use vestibule_tests::TestApp;

use super::person::{MOBILE, NAME, PASSWORD, register, says, unlimited, user};

#[tokio::test]
async fn the_answer_is_200_and_says_201() {
    let app = TestApp::start().await;
    let answer = register(&app, NAME, MOBILE).await;
    let uuid = answer.json()["data"]["uuid"].as_str().unwrap().to_owned();
    let data = user(MOBILE, false, NAME, &uuid);
    let message = "Account created successfully!";
    answer.is(200, &format!("{{\"data\":{data},\"message\":\"{message}\",\"status\":201}}\n"));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(uuid, uuid.to_lowercase());
}

#[tokio::test]
async fn the_code_is_sent_by_sms_with_six_digits() {
    let app = TestApp::start().await;
    register(&app, NAME, MOBILE).await;
    let messages = app.get(&format!("/dev/mailbox/messages?to={MOBILE}")).await.json();
    let message = &messages[0];
    assert_eq!((message["channel"].as_str(), message["to"].as_str()), (Some("sms"), Some(MOBILE)));
    let code = message["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    assert!(message["text"].as_str().unwrap().contains(code));
}

#[tokio::test]
async fn a_name_and_a_number_are_taken_once_whatever_the_letter_case_and_the_name_is_told_first() {
    let app = unlimited().start().await;
    register(&app, NAME, MOBILE).await;
    let name_taken = "A user with that username already exists.";
    says(&register(&app, NAME, "01700000002").await, 400, name_taken);
    says(&register(&app, "ADA", "01700000002").await, 400, name_taken);
    says(&register(&app, NAME, MOBILE).await, 400, name_taken);
    says(&register(&app, "eve", MOBILE).await, 400, "A user with that mobile number already exists.");
    assert_eq!(register(&app, "eve", "+01700000001").await.status, 200);
}

#[tokio::test]
async fn a_number_is_taken_as_its_decimal_text() {
    let app = unlimited().start().await;
    let body = json!({"username": 12_345_678, "mobile": 1_700_000_001, "password": PASSWORD});
    let answer = app.post("/user", &body).await;
    assert_eq!((answer.status, answer.json()["data"]["mobile"].as_str()), (200, Some("1700000001")));
    says(&register(&app, "12345678", MOBILE).await, 400, "A user with that username already exists.");
    says(&register(&app, NAME, "1700000001").await, 400, "A user with that mobile number already exists.");
}

#[tokio::test]
async fn what_is_missing_empty_or_of_another_type_is_required() {
    let app = unlimited().start().await;
    let good = json!({"username": NAME, "mobile": MOBILE, "password": PASSWORD});
    for field in ["username", "mobile", "password"] {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(field);
        says(&app.post("/user", &body).await, 400, &format!("{field} is required"));
        for bad in [json!(""), json!(null), json!([]), json!({}), json!(true)] {
            body[field] = bad;
            says(&app.post("/user", &body).await, 400, &format!("{field} is required"));
        }
    }
    for body in [json!({"username": NAME, "mobile": MOBILE, "password": 12_345_678})] {
        says(&app.post("/user", &body).await, 400, "password is required");
    }
    // What is missing is told before what is wrong.
    let body = json!({"username": "ada", "mobile": "1"});
    says(&app.post("/user", &body).await, 400, "password is required");
    says(&register(&app, "  ", MOBILE).await, 400, "username is required");
    for body in [json!([]), json!([1]), json!("x"), json!(1), json!(null), json!({})] {
        says(&app.post("/user", &body).await, 400, "username is required");
    }
    // What is not asked for is not looked at.
    let mut body = good;
    body["uuid"] = json!(7);
    body["status"] = json!(true);
    assert_eq!(app.post("/user", &body).await.json()["data"]["status"], json!(false));
}

#[tokio::test]
async fn values_that_break_a_rule_are_refused() {
    let app = unlimited().start().await;
    let register = async |name: &str, mobile: &str, password: &str| {
        app.post("/user", &json!({"username": name, "mobile": mobile, "password": password})).await
    };
    says(&register(&"x".repeat(256), MOBILE, PASSWORD).await, 400, "username is too long");
    says(&register("a\0b", MOBILE, PASSWORD).await, 400, "username is not valid");
    says(&register(NAME, "call me", PASSWORD).await, 400, "mobile is not valid");
    says(&register(NAME, MOBILE, "Engine1").await, 400, "password needs at least 8 characters");
    says(&register(NAME, MOBILE, &"x".repeat(1025)).await, 400, "password is too long");
    assert_eq!(register(NAME, MOBILE, &"é".repeat(512)).await.status, 200);
    assert_eq!(register("éé", "01700000002", "éééééééé").await.status, 200);
}

#[tokio::test]
async fn a_store_that_fails_is_answered_in_the_published_words() {
    let app = TestApp::start().await;
    app.faults.fail_everything(Fault::Unexpected);
    says(&register(&app, NAME, MOBILE).await, 500, "Internal server error. Failed to create user.");
}
