//! `[password]`: how passwords are hashed, and which are refused.

use std::time::Duration;

use url::Url;

use crate::choice::choice;
use crate::expect::{choice, duration_to, number, parsed};
use crate::public_url::is_loopback;
use crate::reader::Reader;
use crate::redacted_url::RedactedUrl;
use crate::sheet::Sheet;

/// Least work factor in production.
const LEAST_IN_PRODUCTION: u32 = 10;

/// The longest wait for the service: a request has to be answered meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

choice! {
    /// Whose new passwords must not be known from a breach.
    pub enum Breached {
        /// Those of administrators whom an operator creates.
        Admins = "admins",
        /// Those of everybody, at every surface. No published contract asks for it.
        Everyone = "everyone",
        /// Nobody's.
        Off = "off",
    }
}

choice! {
    /// What becomes of a new password while the service does not answer.
    pub enum BreachedUnreachable {
        /// It is accepted.
        Accept = "accept",
        /// It is refused for the moment.
        Refuse = "refuse",
    }
}

/// `[password]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordSettings {
    /// Work factor of bcrypt, 4 to 16 (10 to 16 in production); each step doubles the time.
    pub bcrypt_cost: u32,
    /// Threads that hash, up to 1024; 0 is one per core.
    pub threads: usize,
    /// Hashes that may wait, 1 to 10000; beyond, the answer is 503.
    pub queue: usize,
    /// Whose new passwords must not be known from a breach.
    pub breached: Breached,
    /// A service that knows more than the list that is compiled in, `https://`, or `http://` on this machine.
    pub breached_url: Option<RedactedUrl>,
    /// How long the service may take, up to 10 seconds.
    pub breached_timeout: Duration,
    /// What becomes of a new password while the service does not answer.
    pub breached_unreachable: BreachedUnreachable,
}

impl PasswordSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("password");
        let settings = Self {
            bcrypt_cost: section.required("bcrypt_cost", number(4..=16)),
            threads: section.required("threads", number(0..=1024)),
            queue: section.required("queue", number(1..=10_000)),
            breached: section.required("breached", choice),
            breached_url: section.optional("breached_url", parsed(parse_url)),
            breached_timeout: section.required("breached_timeout", duration_to(LONGEST_WAIT)),
            breached_unreachable: section.required("breached_unreachable", choice),
        };
        let is_weak = settings.bcrypt_cost < LEAST_IN_PRODUCTION;
        if is_weak && section.environment().is_production() && section.sound(&["bcrypt_cost"]) {
            section.refuse("bcrypt_cost", format!("must be from {LEAST_IN_PRODUCTION} to 16 in production"));
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("password");
        sheet.number("bcrypt_cost", self.bcrypt_cost);
        sheet.number("threads", self.threads);
        sheet.number("queue", self.queue);
        sheet.text("breached", self.breached.as_str());
        match &self.breached_url {
            Some(url) => sheet.text("breached_url", url.to_string()),
            None => sheet.absent("breached_url"),
        }
        sheet.duration("breached_timeout", self.breached_timeout);
        sheet.text("breached_unreachable", self.breached_unreachable.as_str());
    }
}

/// Reads the address of the service. On another machine it must have https, because the beginnings of digests tell
/// something of the passwords. It may carry a key, in its path too.
fn parse_url(text: &str) -> Result<RedactedUrl, String> {
    Url::parse(text)
        .ok()
        .filter(|url| url.scheme() == "https" || url.scheme() == "http" && is_loopback(url))
        .map(|_| RedactedUrl::of_gateway(text))
        .ok_or_else(|| "must be an https:// address, or http:// on this machine".to_owned())
}
