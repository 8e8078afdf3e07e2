//! Points contract 2.3, decision 4.

use std::time::Duration;

use serde_json::{Value, json};
use vestibule_tests::{Answer, TestApp};

use super::person::{EMAIL, SEND_CODE, VERIFY_CODE, call, missing, unlimited};

const VERIFIED: &str = r#"{"verified":true}"#;

async fn send(app: &TestApp, more: &[(&str, &str)]) -> Answer {
    call(app, "POST", SEND_CODE, &[&[("to", EMAIL)], more].concat()).await
}

async fn verify(app: &TestApp, code: &str) -> Answer {
    call(app, "POST", VERIFY_CODE, &[("to", EMAIL), ("code", code)]).await
}

/// Another code of the same length.
fn wrong(code: &str) -> String {
    let other = if code.starts_with('0') { "1" } else { "0" };
    format!("{other}{}", &code[1..])
}

#[tokio::test]
async fn a_code_of_four_digits_is_mailed_and_told() {
    let app = TestApp::start().await;
    let answer = send(&app, &[]).await;
    let code = answer.text("code");
    assert!(code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    answer.is(200, &format!(r#"{{"code":"{code}"}}"#));
    assert_eq!(app.mailed_code(EMAIL).await, code);
    let mailbox = app.get(&format!("/dev/mailbox/messages?to={EMAIL}")).await.json();
    assert_eq!((mailbox[0]["code"].as_str(), mailbox[0]["channel"].as_str()), (Some(&*code), Some("mail")));
    verify(&app, &code).await.is(200, VERIFIED);
}

#[tokio::test]
async fn a_code_has_the_wanted_characters_and_length() {
    let app = unlimited().await;
    for (kind, length, is_right) in [
        ("number", "12", (|byte| byte.is_ascii_digit()) as fn(u8) -> bool),
        ("string", "5", |byte| byte.is_ascii_uppercase()),
        ("mixte", " +08 ", |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
    ] {
        let code = send(&app, &[("type_", kind), ("length", length)]).await.text("code");
        assert_eq!(code.len().to_string(), length.trim_matches([' ', '+', '0']), "{code}");
        assert!(code.bytes().all(is_right), "{code}");
        verify(&app, &format!(" {} ", code.to_lowercase())).await.is(200, VERIFIED);
    }
    assert_eq!(send(&app, &[("type_", ""), ("length", "")]).await.text("code").len(), 4);
}

#[tokio::test]
async fn the_mail_is_french_unless_english_is_asked_for() {
    let app = unlimited().await;
    for (language, subject) in [
        (None, "Votre code de vérification"),
        (Some("en"), "Your verification code"),
        (Some("en-GB"), "Your verification code"),
        (Some("fr"), "Votre code de vérification"),
        (Some("ar"), "Votre code de vérification"),
        (Some("🦀"), "Votre code de vérification"),
    ] {
        let fields: Vec<_> = language.map(|language| ("language", language)).into_iter().collect();
        assert_eq!(send(&app, &fields).await.status, 200);
        app.mailed_code(EMAIL).await;
        assert_eq!(app.mailbox.to(EMAIL)[0].mail.subject, subject, "{language:?}");
    }
}

#[tokio::test]
async fn the_language_of_those_who_ask_for_none_is_a_setting() {
    let app = TestApp::on_memory().with("surfaces.points.language", "en").start().await;
    send(&app, &[("language", "de")]).await;
    app.mailed_code(EMAIL).await;
    assert_eq!(app.mailbox.to(EMAIL)[0].mail.subject, "Your verification code");
}

#[tokio::test]
async fn what_is_no_address_is_refused_after_the_fields() {
    let app = unlimited().await;
    for path in [SEND_CODE, VERIFY_CODE] {
        let fields = [("to", "nobody"), ("code", "1234")];
        call(&app, "POST", path, &fields).await.is_detail(400, "The email form is incorrect");
    }
    call(&app, "POST", SEND_CODE, &[]).await.is(422, &missing(&["to"]));
    call(&app, "POST", VERIFY_CODE, &[("to", "")]).await.is(422, &missing(&["to", "code"]));
    call(&app, "POST", SEND_CODE, &[("to", "nobody"), ("type_", "NUMBER"), ("length", "5.5")]).await.is(
        422,
        r#"{"detail":[{"type":"enum","loc":["body","type_"],"msg":"Input should be 'number', 'string' or 'mixte'","input":"NUMBER","ctx":{"expected":"'number', 'string' or 'mixte'"}},{"type":"int_parsing","loc":["body","length"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"5.5"}]}"#,
    );
}

#[tokio::test]
async fn a_code_has_four_to_twelve_characters() {
    let app = unlimited().await;
    for (length, relation, kind, key, bound) in [
        ("3", "greater", "greater_than_equal", "ge", 4),
        ("0", "greater", "greater_than_equal", "ge", 4),
        ("-1", "greater", "greater_than_equal", "ge", 4),
        ("13", "less", "less_than_equal", "le", 12),
        ("99999999999999999999999999999999999999999", "less", "less_than_equal", "le", 12),
    ] {
        let item = json!([{
            "type": kind, "loc": ["body", "length"],
            "msg": format!("Input should be {relation} than or equal to {bound}"),
            "input": length, "ctx": {key: bound},
        }]);
        let answer = send(&app, &[("length", length)]).await;
        assert_eq!((answer.status, answer.json()["detail"].clone()), (422, item));
    }
    assert_eq!(app.mails_to(EMAIL).await, 0);
}

#[tokio::test]
async fn a_code_is_good_once() {
    let app = unlimited().await;
    let code = send(&app, &[]).await.text("code");
    verify(&app, &code).await.is(200, VERIFIED);
    verify(&app, &code).await.is_detail(400, "Invalid or expired code");
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let app = unlimited().await;
    let code = send(&app, &[]).await.text("code");
    app.clock.advance(Duration::from_secs(601));
    verify(&app, &code).await.is_detail(400, "Invalid or expired code");
    let code = send(&app, &[]).await.text("code");
    app.clock.advance(Duration::from_secs(599));
    verify(&app, &code).await.is(200, VERIFIED);
}

#[tokio::test]
async fn a_code_may_be_tried_five_times() {
    let app = unlimited().await;
    let code = send(&app, &[]).await.text("code");
    for _ in 0..4 {
        verify(&app, &wrong(&code)).await.is_detail(400, "Invalid or expired code");
    }
    verify(&app, &code).await.is(200, VERIFIED);
    let code = send(&app, &[]).await.text("code");
    for _ in 0..5 {
        verify(&app, &wrong(&code)).await.is_detail(400, "Invalid or expired code");
    }
    verify(&app, &code).await.is_detail(400, "Invalid or expired code");
}

#[tokio::test]
async fn a_new_code_takes_the_place_of_the_old_one_and_proves_no_other_address() {
    let app = unlimited().await;
    let old = send(&app, &[("length", "12")]).await.text("code");
    let new = send(&app, &[("length", "12")]).await.text("code");
    verify(&app, &old).await.is_detail(400, "Invalid or expired code");
    let other = [("to", "eve@example.com"), ("code", new.as_str())];
    call(&app, "POST", VERIFY_CODE, &other).await.is_detail(400, "Invalid or expired code");
    // An address is the same in any letter case.
    let same = [("to", "ADA@EXAMPLE.COM"), ("code", new.as_str())];
    call(&app, "POST", VERIFY_CODE, &same).await.is(200, VERIFIED);
}

#[tokio::test]
async fn a_code_is_never_shown_again_in_a_refusal() {
    let app = unlimited().await;
    let answer = app.post(VERIFY_CODE, &json!({"code": "SECRET"})).await;
    assert_eq!((answer.status, answer.body.contains("SECRET")), (422, false));
    assert_eq!(answer.json()["detail"][0]["input"], Value::Null);
}
