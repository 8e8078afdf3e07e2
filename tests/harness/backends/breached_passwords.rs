//! What knows breached passwords.

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use vestibule_domain::ports::BreachedPasswords;
use vestibule_infrastructure::breached::{RangeClient, RangeSettings, TopPasswords};
use vestibule_infrastructure::memory::MemoryBreachedPasswords;

use super::Backend;
use super::sms::Gateway;

/// An adapter, and a password that it knows.
#[derive(Clone)]
pub struct Knowing {
    /// The adapter.
    pub passwords: Arc<dyn BreachedPasswords>,
    /// The password.
    pub known: &'static str,
}

/// Passwords that are given.
pub async fn memory() -> Backend<Knowing> {
    let known = "Analytical#1843";
    Backend::alone(Knowing { passwords: Arc::new(MemoryBreachedPasswords::of([known])), known })
}

/// The list that is compiled in.
pub async fn list() -> Backend<Knowing> {
    Backend::alone(Knowing { passwords: Arc::new(TopPasswords), known: "password1" })
}

/// A service in this process, which knows a password that is not on the list.
pub async fn service() -> Backend<Knowing> {
    let known = "Analytical#1843";
    let service = Gateway::start(range(&[(known, 3), ("another password", 0)])).await;
    Backend::on(Knowing { passwords: Arc::new(client(&service, Duration::from_secs(10))), known }, service)
}

/// The client of a service.
pub fn client(service: &Gateway, timeout: Duration) -> RangeClient {
    RangeClient::new(RangeSettings { url: &format!("{}/range/", service.url()), timeout }).unwrap()
}

/// The digest of a password, of which a client tells the first five digits.
pub fn sha1(password: &str) -> String {
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    digest.as_ref().iter().fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

/// The answer of a service that knows these passwords, each with how often it was seen, in whichever range.
pub fn range(passwords: &[(&str, u32)]) -> &'static str {
    let lines: Vec<String> =
        passwords.iter().map(|(password, seen)| format!("{}:{seen}\r\n", &sha1(password)[5..])).collect();
    answer("200 OK", &lines.concat())
}

/// An answer with this status and body.
pub fn answer(status: &str, body: &str) -> &'static str {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", body.len());
    // The services of tests answer with texts that last as long as the process.
    (head + body).leak()
}
