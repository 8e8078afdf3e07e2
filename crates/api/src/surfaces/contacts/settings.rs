//! What `[surfaces.contacts]` has beside the keys of every surface.

use std::sync::Arc;

use url::Url;
use vestibule_settings::expect::{list, number};
use vestibule_settings::{OwnKeys, Section, Sheet};

/// The fewest characters of a password: contacts contract 2.9.
pub(super) const SHORTEST_PASSWORD: usize = 6;
/// The most characters of a password that can be set.
const LONGEST_PASSWORD: usize = 1024;

/// The rules of the surface `contacts` that an operator may change.
#[derive(Debug)]
pub(super) struct ContactsSettings {
    /// Greatest length of a new password, in characters; 10 is published.
    pub(super) password_max: usize,
    /// Origins whose pages may call the surface: scheme, host and port, as browsers write them.
    pub(super) cors_origins: Vec<String>,
}

impl ContactsSettings {
    pub(super) fn read(section: &mut Section<'_>) -> Arc<dyn OwnKeys> {
        Arc::new(Self {
            password_max: section.required("password_max", number(SHORTEST_PASSWORD..=LONGEST_PASSWORD)),
            cors_origins: section.required("cors_origins", list(parse_origin)),
        })
    }
}

impl OwnKeys for ContactsSettings {
    fn show(&self, sheet: &mut Sheet) {
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
