//! What `[surfaces.contacts]` has beside the keys of every surface.

use url::Url;

use crate::expect::{list, number};
use crate::reader::Reader;
use crate::sheet::Sheet;

/// The published least length of a password, in characters, and the most that can be set.
const SHORTEST_PASSWORD: usize = 6;
const LONGEST_PASSWORD: usize = 1024;

/// The rules of the surface `contacts` that an operator may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactsRules {
    /// Greatest length of a new password, in characters; 10 is published.
    pub password_max: usize,
    /// Origins whose pages may call the surface: scheme, host and port, as browsers write them.
    pub cors_origins: Vec<String>,
}

impl ContactsRules {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("surfaces.contacts");
        Self {
            password_max: section.required("password_max", number(SHORTEST_PASSWORD..=LONGEST_PASSWORD)),
            cors_origins: section.required("cors_origins", list(parse_origin)),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.number("password_max", self.password_max);
        sheet.list("cors_origins", self.cors_origins.iter().cloned());
    }
}

/// An origin (RFC 6454 §6.2) in the form in which browsers send it. Not `*`: the answers allow credentials.
fn parse_origin(text: &str) -> Result<String, String> {
    const ALLOWED: &str =
        "must be an origin: http or https, a host and perhaps a port, such as \"http://localhost:3000\"";
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(|url| url.origin().ascii_serialization())
        .filter(|origin| text.trim_end_matches('/').eq_ignore_ascii_case(origin))
        .ok_or_else(|| ALLOWED.to_owned())
}
