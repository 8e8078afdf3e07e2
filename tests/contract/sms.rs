//! The contract of `SmsSender`, and what a gateway is called with.

use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::accounts::MobileNumber;
use vestibule_domain::messages::{MessageId, Sms};
use vestibule_domain::ports::{SendError, SmsSender as _};
use vestibule_tests::backends::sms::{Gateway, WatchedSms};
use vestibule_tests::contract;

contract!(sms on [captured, webhook]: [
    an_sms_arrives_with_its_recipient_and_text,
    a_text_in_any_script_arrives_unchanged,
    every_sms_arrives_once,
]);

const ID: MessageId = MessageId(Uuid::from_u128(0x0192_6f3e_7c1a_7b2c_8d3e_4f5a_6b7c_8d9e));
const NUMBER: &str = "+33612345678";
const PATIENCE: Duration = Duration::from_secs(10);
const ACCEPTED: &str = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

fn sms(text: &str) -> Sms {
    Sms { to: MobileNumber::parse(NUMBER).unwrap(), text: text.to_owned(), code: None }
}

async fn delivers(at: &WatchedSms, texts: &[&str]) {
    for text in texts {
        at.sender.send(ID, &sms(text)).await.unwrap();
    }
    let expected: Vec<_> = texts.iter().map(|text| (NUMBER.to_owned(), (*text).to_owned())).collect();
    assert_eq!((at.delivered)(), expected);
}

async fn an_sms_arrives_with_its_recipient_and_text(at: WatchedSms) {
    delivers(&at, &["Vestibule: your code is 123456."]).await;
}

async fn a_text_in_any_script_arrives_unchanged(at: WatchedSms) {
    delivers(&at, &["«пароль» \"à\" \\ \u{2028} 🦀"]).await;
}

async fn every_sms_arrives_once(at: WatchedSms) {
    delivers(&at, &["one", "two", "three"]).await;
}

/// What becomes of an SMS when the gateway gives this answer.
async fn outcome(answer: &'static str) -> Result<(), SendError> {
    let gateway = Gateway::start(answer).await;
    gateway.sender(PATIENCE).send(ID, &sms("text")).await
}

#[tokio::test]
async fn a_call_is_json_with_an_id_a_time_and_a_signature_over_both_time_and_body() {
    let gateway = Gateway::start(ACCEPTED).await;
    gateway.sender(PATIENCE).send(ID, &sms("text")).await.unwrap();
    let call = gateway.call();
    let id = "01926f3e-7c1a-7b2c-8d3e-4f5a6b7c8d9e";
    assert_eq!(call.line, "POST /send?key=hunter2 HTTP/1.1");
    assert_eq!(call.body, format!(r#"{{"id":"{id}","to":"{NUMBER}","text":"text"}}"#).as_bytes());
    assert_eq!(call.headers["content-type"], "application/json");
    assert_eq!(call.headers["x-vestibule-message-id"], id);
    // The fixed clock's time.
    assert_eq!(call.headers["x-vestibule-timestamp"], "1767323045");
    let signed = [call.headers["x-vestibule-timestamp"].as_bytes(), b".", &call.body].concat();
    let tag = hex_to_bytes(call.headers["x-vestibule-signature"].strip_prefix("v1=").unwrap());
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, Gateway::SECRET.as_bytes());
    aws_lc_rs::hmac::verify(&key, &signed, &tag).unwrap();
}

fn hex_to_bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[tokio::test]
async fn a_gateway_that_fails_is_called_again_later() {
    for answer in [
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n",
        "gibberish\r\n\r\n",
        "",
    ] {
        let failed = outcome(answer).await;
        assert!(matches!(failed, Err(SendError::Temporary(_))), "{answer}: {failed:?}");
    }
}

#[tokio::test]
async fn an_sms_that_the_gateway_refuses_is_given_up() {
    let failed = outcome("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    assert!(matches!(failed, Err(SendError::Permanent(_))), "{failed:?}");
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    let gateway = Gateway::start(answer).await;
    let failed = gateway.sender(PATIENCE).send(ID, &sms("text")).await;
    assert!(matches!(failed, Err(SendError::Temporary(_))), "{failed:?}");
    gateway.call();
}

#[tokio::test]
async fn a_silent_gateway_is_not_waited_for_beyond_the_timeout() {
    let gateway = Gateway::start("…").await;
    let failed = gateway.sender(Duration::from_millis(100)).send(ID, &sms("text")).await;
    let Err(SendError::Temporary(cause)) = failed else { panic!("{failed:?}") };
    assert!(cause.to_string().contains("did not answer in time"), "{cause}");
}

#[tokio::test]
async fn what_is_told_of_a_failure_has_no_secret_no_number_and_no_text() {
    let gateway = Gateway::start(ACCEPTED).await;
    let sender = gateway.sender(PATIENCE);
    drop(gateway);
    for failed in [
        sender.send(ID, &sms("the text")).await,
        outcome("HTTP/1.1 400 +33612345678 the text\r\nContent-Length: 8\r\n\r\nthe text").await,
        outcome("").await,
    ] {
        let told = format!("{:?}", failed.unwrap_err());
        for secret in ["hunter2", NUMBER, "the text"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}
