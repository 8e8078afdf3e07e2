//! A service that knows breached passwords and is not told which one is looked for.

use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use vestibule_domain::accounts::Password;
use vestibule_domain::ports::{BreachedPasswords, BreachedPasswordsError};

use super::top_passwords::is_listed;
use crate::failed_call::{answered, unanswered};

/// The service, as errors call it.
const SERVICE: &str = "the service of breached passwords";

/// Asks for answers of nearly the same length, whatever is asked for.
const PADDING: &str = "Add-Padding";

/// How many hexadecimal digits of a digest are told, of 40. Each such range has hundreds of passwords.
const TOLD: usize = 5;

/// The most bytes of an answer. A range has about 40 KiB.
const LONGEST_ANSWER: usize = 1 << 20;

/// The service. There is no `Debug`, because the address may be secret.
#[derive(Clone, Copy)]
pub struct RangeSettings<'a> {
    /// The address of the ranges, to which the beginning of a digest is appended: `https://`, or `http://` on this
    /// machine.
    pub url: &'a str,
    /// How long the service may take for its whole answer.
    pub timeout: Duration,
}

/// Why the client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RangeClientError {
    /// The address of the service cannot be used.
    #[error("the address of the service of breached passwords is malformed")]
    Url,
    /// The HTTP client could not be made.
    #[error("the client of the service of breached passwords did not start")]
    Client(#[source] reqwest::Error),
}

/// Looks passwords up by the beginning of their digests (SHA-1), as Have I Been Pwned offers it: "range" of
/// <https://haveibeenpwned.com/API/v3#PwnedPasswords>. What is on the list of [`TopPasswords`](super::TopPasswords) needs
/// no call.
///
/// Redirections are not followed, because a call is meant for the configured host.
pub struct RangeClient {
    client: Client,
    /// Ends with a slash.
    url: String,
}

impl RangeClient {
    /// The first password that is not on the list makes the connection.
    pub fn new(settings: RangeSettings<'_>) -> Result<Self, RangeClientError> {
        let RangeSettings { url, timeout } = settings;
        let _readable: Url = url.parse().map_err(|_malformed| RangeClientError::Url)?;
        let client = Client::builder()
            .timeout(timeout)
            .redirect(Policy::none())
            .user_agent("vestibule")
            .build()
            .map_err(RangeClientError::Client)?;
        Ok(Self { client, url: format!("{}/", url.trim_end_matches('/')) })
    }

    /// The digests that begin like this, as text.
    async fn range(&self, beginning: &str) -> Result<String, String> {
        let call = self.client.get(format!("{}{beginning}", self.url)).header(PADDING, "true");
        // The address has the beginning of the digest, so errors do not tell it.
        let mut answer = call.send().await.map_err(|error| unanswered(SERVICE, &error))?;
        if answer.status() != StatusCode::OK {
            return Err(answered(SERVICE, answer.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| unanswered(SERVICE, &error))? {
            if body.len() + chunk.len() > LONGEST_ANSWER {
                return Err(format!("{SERVICE} answered with too much"));
            }
            body.extend_from_slice(&chunk);
        }
        String::from_utf8(body).map_err(|_no_text| NO_RANGE.to_owned())
    }
}

#[async_trait]
impl BreachedPasswords for RangeClient {
    async fn knows(&self, password: &Password) -> Result<bool, BreachedPasswordsError> {
        if is_listed(password.reveal()) {
            return Ok(true);
        }
        let digest = hex::encode_upper(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.reveal().as_bytes()));
        let (beginning, rest) = digest.split_at(TOLD);
        let range = self.range(beginning).await.map_err(|why| BreachedPasswordsError(why.into()))?;
        has(&range, rest).ok_or_else(|| BreachedPasswordsError(NO_RANGE.into()))
    }
}

const NO_RANGE: &str = "what the service of breached passwords answered is no range of digests";

/// Whether the rest of a digest is in a range; `None` if that is none.
fn has(range: &str, rest: &str) -> Option<bool> {
    let mut found = false;
    for line in range.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (listed, count) = line.split_once(':')?;
        let is_digest = listed.len() == rest.len() && listed.bytes().all(|digit| digit.is_ascii_hexdigit());
        let count: u64 = count.parse().ok().filter(|_| is_digest)?;
        // What pads the answer was never seen.
        found |= count > 0 && listed.eq_ignore_ascii_case(rest);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
    const OTHER: &str = "00000000000000000000000000000000001";

    #[test]
    fn a_digest_of_the_range_that_was_seen_is_known_and_padding_is_not() {
        for (range, known) in [
            (format!("{OTHER}:2\r\n{REST}:3303003\r\n"), true),
            (format!("{}:1\n", REST.to_lowercase()), true),
            (format!("{REST}:0\r\n{OTHER}:5\r\n"), false),
            (format!("{OTHER}:2\n"), false),
            (String::new(), false),
        ] {
            assert_eq!(has(&range, REST), Some(known), "{range}");
        }
    }

    #[test]
    fn what_is_no_range_is_not_taken_for_one() {
        for text in [
            "<html><body>Sign in to this network</body></html>".to_owned(),
            REST.to_owned(),
            format!("{REST}:many"),
            format!("5BAA6{REST}:1"),
            format!("{OTHER}:1\nand so on"),
        ] {
            assert_eq!(has(&text, REST), None, "{text}");
        }
    }
}
