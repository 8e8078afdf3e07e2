//! Where clients reach the server.

use std::net::IpAddr;

use url::{Host, Url};

/// The address in normal form, without a slash at the end.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    const ALLOWED: &str = "must be an http or https address without user, query, fragment and slash at the end, such as \
         \"https://accounts.example.org\"";
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .filter(|url| url.query().is_none() && url.fragment().is_none() && !text.ends_with('/'))
        .map(|url| url.as_str().trim_end_matches('/').to_owned())
        .ok_or_else(|| ALLOWED.to_owned())
}

/// The default, made of host and port. A host that means "any address" becomes `localhost`, because links to it would
/// lead nowhere.
pub(crate) fn by_default(host: &str, port: u16) -> String {
    match host.parse() {
        Ok(IpAddr::V6(address)) if !address.is_unspecified() => format!("http://[{address}]:{port}"),
        Ok(address) if address.is_unspecified() => format!("http://localhost:{port}"),
        _ => format!("http://{host}:{port}"),
    }
}

/// Whether nobody on the way to this address can read requests: it has https, or is this machine.
pub(crate) fn is_protected(public_url: &str) -> bool {
    Url::parse(public_url).is_ok_and(|url| url.scheme() == "https" || is_loopback(&url))
}

/// Whether the address leads to another machine.
pub(crate) fn leads_elsewhere(public_url: &str) -> bool {
    Url::parse(public_url).is_ok_and(|url| !is_loopback(&url))
}

/// Whether the host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        None => false,
    }
}
