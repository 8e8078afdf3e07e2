//! The log of a whole run has no secret in it.
//!
//! Every [`TestApp`](crate::TestApp) notes the passwords, tokens, codes and cookies that its clients send and receive.
//! All lines of the process's log, of `debug` and above, are searched for them, and the test that ends next fails. So are
//! the logs of servers that run in processes of their own, when they have ended.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once};

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Request, Url};
use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;
use vestibule::telemetry;
use vestibule_settings::{LogFormat, LogLevel, LogSettings};

use crate::Answer;

/// What the names of fields with secrets contain.
const SECRET_FIELDS: [&str; 4] = ["password", "token", "secret", "code"];

/// How many bytes at the end of a secret are looked up for each place of a line. Shorter secrets, such as codes of four
/// digits, would be found in times and ids.
const WINDOW: usize = 8;

/// Parts of paths that are longer are tokens; the longest other one is a UUID.
const LONGEST_NAME: usize = 40;

/// What drives the browser of a test, and tells what is typed there.
const BROWSER: &str = "\"target\":\"thirtyfour::";

/// How every JSON web token begins, and how many more of its characters follow at least. Three letters alone stand in
/// the random name of a folder now and then.
const TOKEN: &str = "eyJ";
const REST_OF_TOKEN: usize = 12;

/// The secrets by their last bytes.
static PLANTED: Mutex<Option<HashMap<[u8; WINDOW], HashSet<String>>>> = Mutex::new(None);
/// The lines in which one was found.
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LINES: AtomicU64 = AtomicU64::new(0);

/// Begins to search the log of this process.
pub(crate) fn watch() {
    static BEGIN: Once = Once::new();
    BEGIN.call_once(|| {
        let settings = LogSettings { format: LogFormat::Json, level: LogLevel::Debug };
        let log = telemetry::dispatch(&settings, false, Watcher);
        tracing::dispatcher::set_global_default(log).expect("there is another log");
    });
}

/// How many lines were searched.
pub fn searched_lines() -> u64 {
    LINES.load(Ordering::Relaxed)
}

/// Fails if a secret was found, by any test of the process.
pub(crate) fn assert_none_was_found() {
    // Whatever else is logged meanwhile finds the lock free.
    let found = FOUND.lock().unwrap().join("");
    assert!(found.is_empty(), "the log has a secret:\n{found}");
}

/// Fails if the log of a process of its own has a secret that was noted in this process.
pub fn assert_no_secret_in(log: &str) {
    let found: Vec<_> = log.lines().filter(|line| has_secret(line)).collect();
    assert!(found.is_empty(), "the log has a secret:\n{}", found.join("\n"));
}

/// Notes the secrets of a request.
pub fn plant_request(request: &Request) {
    plant_headers(request.headers());
    let url = request.url();
    for part in url.path_segments().into_iter().flatten().filter(|part| part.len() > LONGEST_NAME) {
        plant(part);
    }
    plant_pairs(url);
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let body = String::from_utf8_lossy(body);
    if let Ok(value) = serde_json::from_str(&body) {
        plant_values(&value);
    } else if let Ok(form) = Url::parse(&format!("http://form/?{body}")) {
        plant_pairs(&form);
    }
}

/// Notes the secrets of an answer.
pub fn plant_answer(answer: &Answer) {
    plant_headers(&answer.headers);
    if let Ok(value) = serde_json::from_str(&answer.body) {
        plant_values(&value);
    }
}

fn plant_headers(headers: &HeaderMap) {
    for (name, from) in [(AUTHORIZATION, ' '), (COOKIE, '='), (SET_COOKIE, '=')] {
        for value in headers.get_all(name).iter().filter_map(|value| value.to_str().ok()) {
            let secret = value.split_once(from).map(|(_, rest)| rest.split(';').next().unwrap());
            plant(secret.unwrap_or_default());
        }
    }
}

fn plant_pairs(url: &Url) {
    for (name, value) in url.query_pairs().filter(|(name, _)| is_secret(name)) {
        // An error about a field names it.
        if value != name {
            plant(&value);
        }
    }
}

fn plant_values(value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if is_secret(name) && text != name => plant(text),
                    other => plant_values(other),
                }
            }
        }
        Value::Array(values) => {
            for value in values {
                plant_values(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_secret(field: &str) -> bool {
    let field = field.to_lowercase();
    // `token_type` is `bearer`, and `tokenUrl` of a document tells where to log in.
    !field.ends_with("_type")
        && !field.ends_with("url")
        && SECRET_FIELDS.iter().any(|part| field.contains(part))
}

fn plant(secret: &str) {
    let Some(end) = secret.as_bytes().last_chunk::<WINDOW>() else { return };
    // Sentences are messages of errors.
    if !secret.contains(' ') {
        let mut planted = PLANTED.lock().unwrap();
        planted.get_or_insert_default().entry(*end).or_default().insert(secret.to_owned());
    }
}

/// Whether a line has a secret in it.
fn has_secret(line: &str) -> bool {
    let planted = PLANTED.lock().unwrap();
    let is_planted = |window: &[u8]| {
        let secrets = planted.as_ref().and_then(|planted| planted.get(window));
        secrets.is_some_and(|secrets| secrets.iter().any(|secret| line.contains(secret.as_str())))
    };
    has_token(line) || line.as_bytes().windows(WINDOW).any(is_planted)
}

fn has_token(line: &str) -> bool {
    let of_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    line.match_indices(TOKEN).any(|(at, _)| {
        let rest = line.as_bytes()[at + TOKEN.len()..].iter();
        rest.take_while(|byte| of_token(byte)).count() >= REST_OF_TOKEN
    })
}

/// Reads the log, a line at a time.
#[derive(Clone, Copy)]
struct Watcher;

impl io::Write for Watcher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::Relaxed);
        let line = String::from_utf8_lossy(bytes);
        if has_secret(&line) && !line.contains(BROWSER) {
            FOUND.lock().unwrap().push(line.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Watcher {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_found_wherever_they_stand_and_nothing_else_is() {
        let body = json!({"email": "ada@example.com", "data": [{"New_Password": "Difference#1822"}]});
        let client = reqwest::Client::new();
        let request = client.post("http://server/confirm?token=0123456789abcdef&page=of-the-catalogue");
        plant_request(&request.bearer_auth("opaque-of-ada").json(&body).build().unwrap());
        for secret in ["Difference#1822", "opaque-of-ada", "0123456789abcdef", "eyJhbGciOiJIUzI1"] {
            assert!(has_secret(&format!("{{\"message\":\"failed\",\"value\":\"{secret}\"}}")), "{secret}");
        }
        let no_secrets = [
            "ada@example.com",
            "of-the-catalogue",
            "Difference#1823",
            "{\"message\":\"failed\"}",
            "/tmp/.tmpIxieyJ/node-0",
            "/tmp/.tmpeyJabc-wal",
        ];
        for line in no_secrets {
            assert!(!has_secret(line), "{line}");
        }
    }
}
