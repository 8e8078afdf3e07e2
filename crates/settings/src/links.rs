//! `[links]`: where mails and pages lead, if not to the pages of this server.

use url::Url;

use crate::expect::parsed;
use crate::public_url;
use crate::reader::{Reader, Section};
use crate::sheet::Sheet;

/// `[links]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSettings {
    /// The page of one's own front end that activates an account. A mail adds `email`, `token` and `lang`.
    pub activate: Option<String>,
    /// The page of one's own front end that takes a new password. A mail adds `surface`, `email`, `token` and `lang`.
    pub reset: Option<String>,
    /// Where people go on to from a page of this server, when they are done.
    pub after: Option<String>,
}

impl LinkSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("links");
        let settings = Self {
            activate: section.optional("activate", parsed(parse)),
            reset: section.optional("reset", parsed(parse)),
            after: section.optional("after", parsed(parse)),
        };
        for (key, link) in [("activate", &settings.activate), ("reset", &settings.reset)] {
            refuse_unprotected(&mut section, key, link.as_deref());
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("links");
        for (key, link) in [("activate", &self.activate), ("reset", &self.reset), ("after", &self.after)] {
            match link {
                Some(link) => sheet.text(key, link),
                None => sheet.absent(key),
            }
        }
    }
}

/// Links carry tokens, as those to `server.public_url` do, which is held to the same.
fn refuse_unprotected(section: &mut Section<'_>, key: &str, link: Option<&str>) {
    if section.environment().is_production() && link.is_some_and(|link| !public_url::is_protected(link)) {
        section.refuse(key, "must begin with https:// in production: the link carries a token that everybody on the way could use");
    }
}

/// The address as it was given: a front end may tell `/#/activate` from `/#/activate/`.
fn parse(text: &str) -> Result<String, String> {
    const ALLOWED: &str =
        "must be an http or https address without user, such as \"https://www.example.org/activate\"";
    let text = text.trim();
    let is_good = Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    });
    // Where browsers read what is not written in full, others do not.
    let is_written_in_full = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    let is_written_plainly =
        is_written_in_full && !text.contains('\\') && text.chars().all(|char| char.is_ascii_graphic());
    (is_good && is_written_plainly).then(|| text.to_owned()).ok_or_else(|| ALLOWED.to_owned())
}
