//! The address of a database on a server.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::Database;
use super::kinds::Server;
use super::parameters;
use crate::expect::{number, text};
use crate::reader::Section;

/// The characters that have a meaning in an address (RFC 3986 §2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The parts that are given in place of an address.
#[derive(Default)]
pub(super) struct Parts {
    host: Option<String>,
    port: Option<u16>,
    name: Option<String>,
    user: Option<String>,
    password: Option<String>,
}

impl Parts {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            host: section.optional("host", text),
            port: section.optional("port", number(1..=u16::MAX)),
            name: section.optional("name", text),
            user: section.optional("user", text),
            password: section.optional("password", text),
        }
    }

    /// Builds the URL from the parts, percent-encoded. Without a name, or with a host that cannot be one, the parts
    /// are refused, and the answer is a placeholder.
    pub(super) fn address(&self, server: Server, section: &mut Section<'_>) -> Database {
        let Some(name) = &self.name else {
            if section.sound(&["name"]) {
                section.refuse("name", "is missing; a database server has many databases");
            }
            return Database::Memory;
        };
        let host = self.host.as_deref().unwrap_or("localhost");
        let Some(url) = self.build(server, host, name) else {
            section.refuse("host", "must be an IP address or a host name, without port and scheme");
            return Database::Memory;
        };
        Database::Url(url.into())
    }

    fn build(&self, server: Server, host: &str, name: &str) -> Option<Url> {
        // An IPv6 address may have its brackets or not.
        let host = match host.parse() {
            Ok(std::net::IpAddr::V6(address)) => format!("[{address}]"),
            _ => host.to_owned(),
        };
        let is_host = !host.contains(['/', '?', '#', '@', ' ', '\\']);
        let mut url = Url::parse(&format!("{}://{host}/", server.scheme())).ok().filter(|_| is_host)?;
        if url.port().is_some() {
            return None;
        }
        url.set_port(self.port).ok()?;
        // The parts are encoded first, because the setters take a `%` for the beginning of an escape.
        url.set_username(&encoded(self.user.as_deref().unwrap_or("vestibule"))).ok()?;
        url.set_password(self.password.as_deref().map(encoded).as_deref()).ok()?;
        url.set_path(&encoded(name));
        Some(url)
    }
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, ENCODED).to_string()
}

/// An address that is given whole: it must name a database.
pub(super) fn parse(server: Server, url: &str) -> Result<Database, String> {
    const ALLOWED: &str = "must name a host and a database, such as \"postgres://user:password@host:5432/name\" \
                           or \"mysql://user:password@host:3306/name\"";
    let (_, rest) = url.split_once(':').ok_or(ALLOWED)?;
    // The word after `+` names a driver of other programs.
    let url = format!("{}:{rest}", server.scheme());
    let parsed = Url::parse(&url).map_err(|_quoted| ALLOWED)?;
    let names_database = parsed.path().len() > 1;
    // PostgreSQL takes the folder of a socket as a parameter, in place of a host.
    let names_host = parsed.has_host() || parsed.query_pairs().any(|(name, _)| name == "host");
    if !(names_host && names_database) {
        return Err(ALLOWED.to_owned());
    }
    parameters::of_server(server, parsed.query().unwrap_or_default())?;
    Ok(Database::Url(url))
}
