//! `[mail]`: how mail leaves.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;

use url::{Host, Url};

use crate::choice::choice;
use crate::expect::{choice, flag, parsed};
use crate::host_name;
use crate::mailbox::Mailbox;
use crate::reader::{Reader, Section};
use crate::redacted_url::RedactedUrl;
use crate::sheet::Sheet;

choice! {
    /// How mail leaves.
    pub enum MailTransport {
        /// Mail does not leave. The development mailbox keeps it.
        Capture = "capture",
        /// Into a folder, one `.eml` file for each mail. Another program sends them.
        File = "file",
        /// To an SMTP server.
        Smtp = "smtp",
    }
}

choice! {
    /// A language of messages.
    pub enum Language {
        /// English.
        English = "en",
        /// French.
        French = "fr",
    }
}

/// `[mail]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// How mail leaves.
    pub transport: MailTransport,
    /// The SMTP server, `smtp://` or `smtps://`, or the folder, `file://`; always there, and of the right
    /// kind, unless mail is captured.
    pub url: Option<RedactedUrl>,
    /// File of certificates (PEM) that are trusted beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// Whether mail may go to another machine in the clear.
    pub allow_plain: bool,
    /// The sender.
    pub from: Mailbox,
    /// How the server introduces itself to a mail server: the name of a host, in ASCII, or an IP address.
    pub hello_name: String,
    /// Language of messages to people whose own is unknown, at surfaces that name no other.
    pub default_language: Language,
    /// Folder of templates that stand in for those of the server.
    pub templates: Option<PathBuf>,
}

impl MailSettings {
    /// The folder of `mail.url`, if that names one.
    pub fn folder(&self) -> Option<PathBuf> {
        self.url.as_ref()?.reveal().strip_prefix(FOLDER).map(PathBuf::from)
    }

    pub(crate) fn read(reader: &mut Reader, public_url: &str) -> Self {
        let mut section = reader.section("mail");
        let settings = Self {
            transport: section.required("transport", choice),
            url: section.optional("url", parsed(parse_url)),
            ca_file: section.optional("ca_file", parsed(|path| Ok(PathBuf::from(path)))),
            allow_plain: section.required("allow_plain", flag),
            from: section.required("from", parsed(Mailbox::parse)),
            hello_name: section
                .optional("hello_name", parsed(parse_hello_name))
                .unwrap_or_else(|| hello_name_of(public_url)),
            default_language: section.required("default_language", choice),
            templates: section.optional("templates", parsed(|path| Ok(PathBuf::from(path)))),
        };
        if section.sound(&["transport"]) {
            settings.refuse_incoherent(&mut section);
        }
        settings
    }

    fn refuse_incoherent(&self, section: &mut Section<'_>) {
        if section.environment().is_production() && self.from.is_at_localhost() && section.sound(&["from"]) {
            section.refuse(
                "from",
                "must not be at localhost in production: mail servers refuse such a sender; name one of your domain",
            );
        }
        if self.transport == MailTransport::Capture {
            if section.environment().is_production() {
                section.refuse("transport", "must not be \"capture\" in production: nobody would get mail");
            }
            return;
        }
        let Some(url) = &self.url else {
            if section.sound(&["url"]) {
                let transport = self.transport;
                section.refuse("url", format!("is missing; mail.transport = \"{transport}\" needs it"));
            }
            return;
        };
        let is_folder = url.reveal().starts_with(FOLDER);
        match self.transport {
            MailTransport::File if !is_folder => {
                section.refuse("url", "must be a file:// folder with mail.transport = \"file\"");
            }
            MailTransport::Smtp if is_folder => {
                section
                    .refuse("url", "must be an smtp:// or smtps:// address with mail.transport = \"smtp\"");
            }
            MailTransport::Smtp
                if section.sound(&["allow_plain"])
                    && !self.allow_plain
                    && leaves_in_the_clear(url.reveal()) =>
            {
                section.refuse(
                    "url",
                    "must not have tls=none but for this machine: everybody on the way could read tokens; \
                     leave it out, or on a network that is private say mail.allow_plain = true",
                );
            }
            _ => {}
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("mail");
        sheet.text("transport", self.transport.as_str());
        match &self.url {
            Some(url) => sheet.text("url", url.to_string()),
            None => sheet.absent("url"),
        }
        match &self.ca_file {
            Some(path) => sheet.text("ca_file", path.to_string_lossy()),
            None => sheet.absent("ca_file"),
        }
        sheet.flag("allow_plain", self.allow_plain);
        sheet.text("from", self.from.to_string());
        sheet.text("hello_name", &self.hello_name);
        sheet.text("default_language", self.default_language.as_str());
        match &self.templates {
            Some(path) => sheet.text("templates", path.to_string_lossy()),
            None => sheet.absent("templates"),
        }
    }
}

/// How the address of a folder begins. What follows is a path, relative unless it begins with a slash.
const FOLDER: &str = "file://";

fn parse_url(text: &str) -> Result<RedactedUrl, String> {
    const ALLOWED: &str = "must be an smtp:// or smtps:// address of a server, or a file:// folder";
    let is_folder = text.strip_prefix(FOLDER).is_some_and(|path| !path.trim().is_empty());
    let is_server = Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty())
    });
    if !(is_folder || is_server) {
        return Err(ALLOWED.to_owned());
    }
    let is_known = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
        name == "tls" && ["none", "required"].contains(&&*value)
    };
    if is_server && Url::parse(text).is_ok_and(|url| !url.query_pairs().all(is_known)) {
        return Err("may have tls=none or tls=required after ?, and nothing else".to_owned());
    }
    Ok(RedactedUrl::new(text))
}

fn parse_hello_name(text: &str) -> Result<String, String> {
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(address.to_string()),
        Err(_) => host_name::in_ascii(text).ok_or_else(|| {
            "must be the name of a host, such as \"accounts.example.org\", or an IP address".to_owned()
        }),
    }
}

/// The host of the server's own address. The name of the machine would be one that nobody else knows, as it is in a
/// container, and mail servers refuse such names.
fn hello_name_of(public_url: &str) -> String {
    let name = match Url::parse(public_url).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => host_name::in_ascii(name),
        Some(Host::Ipv4(address)) => Some(address.to_string()),
        Some(Host::Ipv6(address)) => Some(address.to_string()),
        None => None,
    };
    name.unwrap_or_else(|| "localhost".to_owned())
}

/// Whether mail goes to another machine without TLS. TLS is required where the parameter `tls` is not given.
fn leaves_in_the_clear(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_here = host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
        !is_here && url.query_pairs().any(|(name, value)| name == "tls" && value == "none")
    })
}
