//! `[sms]`: how SMS leave.

use url::Url;

use crate::choice::choice;
use crate::expect::{choice, parsed};
use crate::mail::MailTransport;
use crate::public_url::is_loopback;
use crate::reader::{Reader, Section};
use crate::redacted_url::RedactedUrl;
use crate::secret::Secret;
use crate::sheet::Sheet;
use crate::tokens::weakness;

choice! {
    /// How SMS leave.
    pub enum SmsTransport {
        /// No SMS leave. Requests that need one are refused.
        Off = "off",
        /// No SMS leave. The development mailbox keeps them.
        Capture = "capture",
        /// By a call to a gateway.
        Webhook = "webhook",
    }
}

/// `[sms]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsSettings {
    /// How SMS leave.
    pub transport: SmsTransport,
    /// The gateway, `https://`, or `http://` on this machine; always there with a webhook.
    pub url: Option<RedactedUrl>,
    /// Key of the signatures, at least 32 bytes; always there with a webhook.
    pub secret: Option<Secret>,
}

impl SmsSettings {
    /// The transport by default: SMS are captured where mail is captured, and otherwise off.
    pub(crate) fn read(reader: &mut Reader, mail: MailTransport) -> Self {
        let mut section = reader.section("sms");
        let given = section.optional("transport", choice);
        let captures = mail == MailTransport::Capture && !section.environment().is_production();
        let by_default = if captures { SmsTransport::Capture } else { SmsTransport::Off };
        let settings = Self {
            transport: given.unwrap_or(by_default),
            url: section.optional("url", parsed(parse_url)),
            secret: secret(&mut section),
        };
        if section.sound(&["transport"]) {
            settings.refuse_incoherent(&mut section);
        }
        settings
    }

    fn refuse_incoherent(&self, section: &mut Section<'_>) {
        match self.transport {
            SmsTransport::Capture if section.environment().is_production() => {
                section.refuse("transport", "must not be \"capture\" in production: nobody would get SMS");
            }
            SmsTransport::Webhook => {
                for (key, is_given) in [("url", self.url.is_some()), ("secret", self.secret.is_some())] {
                    if !is_given && section.sound(&[key]) {
                        section.refuse(key, "is missing; sms.transport = \"webhook\" needs it");
                    }
                }
            }
            SmsTransport::Off | SmsTransport::Capture => {}
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("sms");
        sheet.text("transport", self.transport.as_str());
        match &self.url {
            Some(url) => sheet.text("url", url.to_string()),
            None => sheet.absent("url"),
        }
        match &self.secret {
            Some(secret) => sheet.text("secret", secret.to_string()),
            None => sheet.absent("secret"),
        }
    }
}

fn secret(section: &mut Section<'_>) -> Option<Secret> {
    let given = section.optional("secret", parsed(|text| Ok(Secret::new(text))));
    if let Some(message) = given.as_ref().and_then(|secret| weakness(secret.reveal())) {
        section.refuse("secret", message);
    }
    given
}

/// Reads the address of the gateway. On another machine it must have https, because the calls carry codes and numbers.
fn parse_url(text: &str) -> Result<RedactedUrl, String> {
    Url::parse(text)
        .ok()
        .filter(|url| url.scheme() == "https" || url.scheme() == "http" && is_loopback(url))
        .map(|_| RedactedUrl::of_gateway(text))
        .ok_or_else(|| "must be an https:// address, or http:// on this machine".to_owned())
}
