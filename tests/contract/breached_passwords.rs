//! The contract of `BreachedPasswords`, and what a service is told and believed.

use std::time::Duration;

use vestibule_domain::accounts::Password;
use vestibule_domain::ports::{BreachedPasswords as _, BreachedPasswordsError};
use vestibule_tests::backends::breached_passwords::{Knowing, answer, client, range, sha1};
use vestibule_tests::backends::sms::Gateway;
use vestibule_tests::contract;

contract!(breached_passwords on [memory, list, service]: [
    a_breached_password_is_known,
    another_password_is_not_known,
    the_whole_password_counts,
    a_password_of_any_length_and_script_is_looked_up,
]);

const PATIENCE: Duration = Duration::from_secs(10);
/// On no list.
const PASSWORD: &str = "Difference#1822";

async fn a_breached_password_is_known(at: Knowing) {
    assert!(at.passwords.knows(&Password::new(at.known)).await.unwrap());
}

async fn another_password_is_not_known(at: Knowing) {
    assert!(!at.passwords.knows(&Password::new(PASSWORD)).await.unwrap());
}

async fn the_whole_password_counts(at: Knowing) {
    for other in
        [format!("{} ", at.known), format!(" {}", at.known), at.known.repeat(2), at.known[1..].to_owned()]
    {
        assert!(!at.passwords.knows(&Password::new(other.clone())).await.unwrap(), "{other:?}");
    }
}

async fn a_password_of_any_length_and_script_is_looked_up(at: Knowing) {
    for odd in [String::new(), "пароль 🦀 \u{0}\r\n:1".to_owned(), "é".repeat(100_000)] {
        assert!(!at.passwords.knows(&Password::new(odd)).await.unwrap());
    }
}

/// What is found out about a password that is not on the list when a service gives this answer.
async fn outcome(answer: &'static str) -> Result<bool, BreachedPasswordsError> {
    let service = Gateway::start(answer).await;
    client(&service, PATIENCE).knows(&Password::new(PASSWORD)).await
}

#[tokio::test]
async fn a_service_is_told_five_digits_of_a_digest_and_asked_to_pad_its_answer() {
    let service = Gateway::start(range(&[(PASSWORD, 1)])).await;
    assert!(client(&service, PATIENCE).knows(&Password::new(PASSWORD)).await.unwrap());
    let call = service.call();
    assert_eq!(call.line, format!("GET /range/{} HTTP/1.1", &sha1(PASSWORD)[..5]));
    assert_eq!(call.headers["add-padding"], "true");
    assert!(call.body.is_empty());
    let rest = sha1(PASSWORD)[5..].to_lowercase();
    assert!(
        call.headers.values().all(|value| !value.to_lowercase().contains(&rest) && !value.contains(PASSWORD))
    );
}

#[tokio::test]
async fn what_the_list_knows_is_told_to_nobody() {
    let service = Gateway::start(range(&[])).await;
    assert!(client(&service, PATIENCE).knows(&Password::new("Password1")).await.unwrap());
    assert!(service.calls.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_pads_an_answer_is_no_breached_password() {
    assert!(!outcome(range(&[(PASSWORD, 0), ("another", 5)])).await.unwrap());
}

#[tokio::test]
async fn an_answer_that_is_no_range_says_nothing() {
    let page = "<html><body>Sign in to this network</body></html>";
    let moved = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    let too_much = "00000000000000000000000000000000001:1\r\n".repeat(40_000);
    for answer in [
        answer("200 OK", page),
        answer("404 Not Found", ""),
        answer("429 Too Many Requests", "slower"),
        answer("503 Service Unavailable", ""),
        answer("200 OK", &too_much),
        moved,
        "gibberish\r\n\r\n",
        "",
    ] {
        let shown = &answer[..answer.len().min(80)];
        assert!(outcome(answer).await.is_err(), "{shown}");
    }
}

#[tokio::test]
async fn a_silent_service_is_not_waited_for_beyond_the_timeout() {
    let service = Gateway::start("…").await;
    let failed = client(&service, Duration::from_millis(100)).knows(&Password::new(PASSWORD)).await;
    let BreachedPasswordsError(cause) = failed.unwrap_err();
    assert!(cause.to_string().contains("did not answer in time"), "{cause}");
}

#[tokio::test]
async fn what_is_told_of_a_failure_has_neither_the_password_nor_its_digest() {
    let service = Gateway::start("").await;
    let client = client(&service, PATIENCE);
    drop(service);
    for failed in [client.knows(&Password::new(PASSWORD)).await, outcome("").await] {
        let told = format!("{:?}", failed.unwrap_err());
        assert!(!told.contains(PASSWORD) && !told.contains(&sha1(PASSWORD)[..5]), "{told}");
    }
}
