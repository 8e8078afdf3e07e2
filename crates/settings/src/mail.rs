//! `[mail]`: how mail leaves.

use url::Url;

use crate::choice::choice;
use crate::expect::{choice, parsed};
use crate::mailbox::Mailbox;
use crate::reader::Reader;
use crate::redacted_url::RedactedUrl;
use crate::sheet::Sheet;

choice! {
    /// How mail leaves.
    pub enum MailTransport {
        /// It does not: it is kept in the development mailbox.
        Capture = "capture",
        /// To an SMTP server.
        Smtp = "smtp",
    }
}

choice! {
    /// A language of messages.
    pub enum Language {
        /// French.
        French = "fr",
        /// English.
        English = "en",
    }
}

/// `[mail]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// How mail leaves.
    pub transport: MailTransport,
    /// The SMTP server, `smtp://` or `smtps://`; always there when the transport is SMTP.
    pub url: Option<RedactedUrl>,
    /// The sender.
    pub from: Mailbox,
    /// Language of messages to people whose own is unknown.
    pub default_language: Language,
}

impl MailSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("mail");
        let settings = Self {
            transport: section.required("transport", choice),
            url: section.optional("url", parsed(parse_url)),
            from: section.required("from", parsed(Mailbox::parse)),
            default_language: section.required("default_language", choice),
        };
        if section.sound(&["transport"]) {
            let captures = settings.transport == MailTransport::Capture;
            if captures && section.environment().is_production() {
                section.refuse("transport", "must not be \"capture\" in production: nobody would get mail");
            }
            if !captures && settings.url.is_none() && section.sound(&["url"]) {
                section.refuse("url", "is missing; mail.transport = \"smtp\" needs it");
            }
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("mail");
        sheet.text("transport", self.transport.as_str());
        match &self.url {
            Some(url) => sheet.text("url", url.to_string()),
            None => sheet.absent("url"),
        }
        sheet.text("from", self.from.to_string());
        sheet.text("default_language", self.default_language.as_str());
    }
}

fn parse_url(text: &str) -> Result<RedactedUrl, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
        .filter(|url| url.host_str().is_some_and(|host| !host.is_empty()))
        .map(|_| RedactedUrl::new(text))
        .ok_or_else(|| "must be an smtp:// or smtps:// address of a server".to_owned())
}
