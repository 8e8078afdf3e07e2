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

/// What holds when no address is given. Links to "any address" lead nowhere, so they say `localhost`.
pub(crate) fn by_default(host: &str, port: u16) -> String {
    match host.parse() {
        Ok(IpAddr::V6(address)) if !address.is_unspecified() => format!("http://[{address}]:{port}"),
        Ok(address) if address.is_unspecified() => format!("http://localhost:{port}"),
        _ => format!("http://{host}:{port}"),
    }
}

/// Whether what is sent there cannot be read on the way.
pub(crate) fn is_protected(public_url: &str) -> bool {
    Url::parse(public_url).is_ok_and(|url| url.scheme() == "https" || is_loopback(&url))
}

/// Whether it is the address of something else than this machine.
pub(crate) fn leads_elsewhere(public_url: &str) -> bool {
    Url::parse(public_url).is_ok_and(|url| !is_loopback(&url))
}

/// Whether it is an address of this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        None => false,
    }
}
