//! Hosts that requests may name in the header `Host`.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use url::Host;

use crate::host_name;

/// The ports of `http` and `https`.
const OF_SCHEMES: [u16; 2] = [80, 443];

/// A host, at one port or at any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern {
    host: Host<String>,
    port: Option<u16>,
}

impl HostPattern {
    /// `web`, `web:8000`, `10.0.0.7:80` or `[::1]:8000`. Names may have underscores, as those of containers have.
    ///
    /// # Errors
    /// A sentence that says what the text must be.
    pub fn parse(text: &str) -> Result<Self, String> {
        const ALLOWED: &str =
            "must be the name of a host or an IP address, perhaps with a port, such as \"web:8000\"";
        let (host, port) = match text.rsplit_once(':') {
            // A colon inside brackets belongs to the address.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (text, None),
        };
        let port = port.map(parse_port).transpose();
        let host = parse_host(host);
        match (host, port) {
            (Some(host), Ok(port)) => Ok(Self { host, port }),
            _ => Err(ALLOWED.to_owned()),
        }
    }

    /// Whether a request for this host, written without brackets and without a dot at the end, and this port is meant.
    /// Clients leave out the port of their scheme, so a request without one means 80 or 443.
    pub fn covers(&self, host: &str, port: Option<u16>) -> bool {
        let is_host = match &self.host {
            Host::Domain(name) => name.eq_ignore_ascii_case(host),
            Host::Ipv4(address) => host.parse() == Ok(IpAddr::V4(*address)),
            Host::Ipv6(address) => host.parse() == Ok(IpAddr::V6(*address)),
        };
        let is_port = |own| port.map_or(OF_SCHEMES.contains(&own), |port| port == own);
        is_host && self.port.is_none_or(is_port)
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

fn parse_port(text: &str) -> Result<u16, ()> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0).ok_or(())
}

fn parse_host(text: &str) -> Option<Host<String>> {
    if let Some(address) = text.strip_prefix('[') {
        return address.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(Host::Ipv6);
    }
    if let Ok(address) = text.parse() {
        return Some(Host::Ipv4(address));
    }
    // A dot at the end says that the name is complete (RFC 3986 §3.2.2). All names are taken as complete here.
    let text = text.strip_suffix('.').unwrap_or(text);
    // Names of containers may have underscores, which names of hosts may not. The conversion to ASCII treats both
    // alike.
    host_name::in_ascii(&text.replace('_', "-"))?;
    let Ok(Host::Domain(name)) = Host::parse(text) else { return None };
    Some(Host::Domain(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_shown_in_its_normal_form() {
        let cases = [
            ("web", "web"),
            ("WEB:8000", "web:8000"),
            ("web.:8000", "web:8000"),
            ("my_app-1:80", "my_app-1:80"),
            ("10.0.0.7:80", "10.0.0.7:80"),
            ("[2001:DB8::0:7]", "[2001:db8::7]"),
            ("[::1]:8000", "[::1]:8000"),
            ("b\u{fc}cher.example", "xn--bcher-kva.example"),
        ];
        for (text, shown) in cases {
            assert_eq!(HostPattern::parse(text).map(|host| host.to_string()).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn what_names_no_host_is_refused() {
        for text in [
            "",
            "*",
            "*.example.org",
            "http://web",
            "web/",
            "web:",
            "web:0",
            "web:+80",
            "web:65536",
            "web:http",
            "a b",
            "a..b",
            ".",
            "web..",
            "::1",
            "[::1",
            "me@web",
            "web:80:80",
        ] {
            assert!(HostPattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_port_that_is_named_has_to_be_the_one() {
        let (any, one) = (HostPattern::parse("web").unwrap(), HostPattern::parse("web:8000").unwrap());
        assert!(any.covers("Web", None) && any.covers("web", Some(1)) && one.covers("web", Some(8000)));
        assert!(!one.covers("web", None) && !one.covers("web", Some(80)) && !any.covers("web.example", None));
    }

    #[test]
    fn the_port_of_a_scheme_is_the_one_that_is_left_out() {
        for port in [80, 443] {
            let host = HostPattern::parse(&format!("web:{port}")).unwrap();
            assert!(
                host.covers("web", None) && host.covers("web", Some(port)) && !host.covers("web", Some(8000))
            );
        }
    }
}
