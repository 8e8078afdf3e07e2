//! Under which names this server is reached, and which requests are those of strangers.

use std::net::IpAddr;

use actix_web::dev::{RequestHead, ServiceRequest};
use actix_web::http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use vestibule_settings::HostPattern;

use super::CorsOrigins;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The headers that proxies add. A server that listens on loopback has no clients behind a proxy unless its operator
/// says so.
static OF_PROXIES: [HeaderName; 7] = [
    HeaderName::from_static("forwarded"),
    HeaderName::from_static("via"),
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
];

/// Tells an operator how to let in requests through a proxy.
const HOW_BEHIND_A_PROXY: &str = "This request came through a proxy, and this server trusts whoever reaches it: \
    messages are captured or a door is open. Set mail.transport, sms.transport and doors.* (or posture = \
    \"hardened\"), or say doors.allow_on_network = true.";

/// Tells an operator how to let in requests for this host.
const HOW_BY_A_HOST: &str = "The header Host names neither this machine nor the host of server.public_url, and this \
    server trusts whoever reaches it: messages are captured or a door is open. Add the name to server.hosts.";

/// Tells an operator how to let in a page that is a file or is sandboxed.
const HOW_WITHOUT_AN_ORIGIN: &str = "A page without an origin (null), as a file or a sandboxed page is, may not write \
    here: messages are captured or a door is open. Serve the page from a server.";

/// The hosts under which the server is reached: loopback, that of its public address, and those that are named.
#[derive(Debug, Clone)]
pub struct OwnHosts {
    public: String,
    named: Vec<HostPattern>,
    any: bool,
    pub(super) explains: bool,
}

impl OwnHosts {
    /// With `any`, a request may name every host and come through a proxy. Writes of foreign pages stay refused.
    pub fn new(public_url: &str, named: &[HostPattern], any: bool) -> Self {
        let public = authority_of(public_url).map(without_port).unwrap_or_default().to_owned();
        Self { public, named: named.to_vec(), any, explains: false }
    }

    /// Answers name the setting that lets a request in. Without this only the log does.
    #[must_use]
    pub fn explaining(self, explains: bool) -> Self {
        Self { explains, ..self }
    }

    pub(super) fn check(&self, request: &ServiceRequest, welcome: &CorsOrigins) -> Result<(), ForeignPage> {
        let headers = request.headers();
        let host = headers.get(HOST).map(|host| text(host).unwrap_or_default());
        // A page whose name was made to lead here ("DNS rebinding") has the same origin, and another name.
        if !self.any && host.is_some_and(|host| !self.is_own(host)) {
            return Err(ForeignPage::Host);
        }
        if !self.any && headers.keys().any(|name| OF_PROXIES.contains(name)) {
            return Err(ForeignPage::Proxy);
        }
        if request.method().is_safe() || headers.get(ORIGIN).is_some_and(|origin| welcome.contains(origin)) {
            return Ok(());
        }
        // `same-site` is another port or a sibling: neither has pages that may write here.
        if headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "same-origin" && site != "none") {
            return Err(ForeignPage::Site);
        }
        let origin =
            headers.get(ORIGIN).map(|origin| text(origin).and_then(authority_of).unwrap_or_default());
        let is_host =
            |origin| host.is_some_and(|host| without_port(host).eq_ignore_ascii_case(without_port(origin)));
        if origin.is_some_and(|origin| !self.is_own(origin) && !is_host(origin)) {
            return Err(ForeignPage::Origin);
        }
        Ok(())
    }

    /// Whether `host` or `host:port` leads here.
    fn is_own(&self, authority: &str) -> bool {
        let host = without_port(authority);
        self.named.iter().any(|pattern| pattern.covers(host, port_of(authority)))
            || is_loopback(host)
            || (!host.is_empty() && host.eq_ignore_ascii_case(&self.public))
    }
}

/// Whether `host` or `host:port` is loopback.
pub(crate) fn is_loopback_host(authority: &str) -> bool {
    is_loopback(without_port(authority))
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Whether a request comes from this machine: its peer does, it asks for loopback, and no proxy says that it passed it
/// on. A proxy on this machine that says nothing of itself cannot be told from a browser.
pub(crate) fn comes_from_this_machine(request: &RequestHead) -> bool {
    let headers = request.headers();
    let is_near = request.peer_addr.is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let asks_here = headers.get(HOST).and_then(text).is_some_and(is_loopback_host);
    is_near && asks_here && !headers.keys().any(|name| OF_PROXIES.contains(name))
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

/// The host and the port of `scheme://host:port/path`.
fn authority_of(address: &str) -> Option<&str> {
    let (_scheme, rest) = address.split_once("://")?;
    rest.split('/').next()
}

/// The port of `host:port` or `[host]:port`, if it is named.
fn port_of(authority: &str) -> Option<u16> {
    let (_address, rest) = authority.rsplit_once(']').unwrap_or(("", authority));
    rest.rsplit_once(':')?.1.parse().ok()
}

/// The host of `host:port` or `[host]:port`, without brackets. A dot at its end says that the name is whole
/// (RFC 3986 §3.2.2), which all names are here.
fn without_port(authority: &str) -> &str {
    if let Some((address, _port)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    let host = authority.split_once(':').map_or(authority, |(host, _port)| host);
    host.strip_suffix('.').unwrap_or(host)
}

/// The request comes from a page that is none of this server's, or from another machine.
#[derive(Debug, thiserror::Error)]
pub(super) enum ForeignPage {
    #[error("the headers of a proxy are there")]
    Proxy,
    #[error("the header Host names neither loopback nor server.public_url")]
    Host,
    #[error("the header Sec-Fetch-Site names another site")]
    Site,
    #[error("the header Origin names another site")]
    Origin,
}

impl ForeignPage {
    /// What the request says where it is wrong, for the log, cut at the greatest length of a name with its scheme and
    /// port.
    pub(super) fn named<'r>(&self, request: &'r ServiceRequest) -> Option<&'r str> {
        const LONGEST: usize = 270;
        let header = match self {
            Self::Host => HOST,
            Self::Site | Self::Origin => ORIGIN,
            Self::Proxy => return None,
        };
        let said = request.headers().get(header).and_then(text)?;
        Some(said.get(..LONGEST).unwrap_or(said))
    }

    /// Tells an operator which setting lets such a request in. `cors` is the setting that names the origins whose
    /// pages may call the surface; `named` is what the request says.
    pub(super) fn how(&self, cors: Option<&str>, named: Option<&str>) -> String {
        match (self, cors) {
            // No list of origins can name it: every file and every sandboxed page has the same.
            (Self::Site | Self::Origin, Some(_)) if named == Some("null") => HOW_WITHOUT_AN_ORIGIN.to_owned(),
            (Self::Proxy, _) => HOW_BEHIND_A_PROXY.to_owned(),
            (Self::Host, _) => HOW_BY_A_HOST.to_owned(),
            (Self::Site | Self::Origin, Some(cors)) => format!(
                "A page of another origin may not write here: messages are captured or a door is open. Add its \
                 origin to {cors}."
            ),
            (Self::Site | Self::Origin, None) => "A page of another origin may not write here: messages are captured \
                or a door is open. Have the page's own server pass its requests on, and add the name of that server \
                to server.hosts."
                .to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn check(any: bool, method: &str, headers: &[(&'static str, &'static str)]) -> Result<(), ForeignPage> {
        let request = TestRequest::default().method(method.parse().unwrap());
        let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
        let named = ["web:8000", "mail-gateway", "[2001:db8::7]:81"];
        let named: Vec<_> = named.iter().map(|host| HostPattern::parse(host).unwrap()).collect();
        OwnHosts::new("https://Accounts.example.org:8443/base", &named, any)
            .check(&request.to_srv_request(), &CorsOrigins::new(&["https://app.example.org".to_owned()]))
    }

    #[test]
    fn loopback_and_the_public_host_are_own_with_any_port() {
        for host in [
            "127.0.0.1:8000",
            "127.9.9.9",
            "[::1]:8000",
            "[::1]",
            "[::ffff:127.0.0.1]:8000",
            "LocalHost:1",
            "localhost.:8000",
            "accounts.example.org",
            "ACCOUNTS.example.org.:8443",
        ] {
            assert!(check(false, "POST", &[("host", host)]).is_ok(), "{host}");
        }
        assert!(check(false, "POST", &[]).is_ok());
    }

    #[test]
    fn hosts_that_are_named_are_own_with_their_port_or_any() {
        for host in [
            "web:8000",
            "WEB:8000",
            "web.:8000",
            "mail-gateway",
            "mail-gateway.",
            "mail-gateway:1",
            "[2001:DB8:0::7]:81",
        ] {
            assert!(check(false, "GET", &[("host", host)]).is_ok(), "{host}");
        }
        for host in
            ["web", "web:80", "web:8001", "web.evil.example:8000", "[2001:db8::7]", "[2001:db8::8]:81"]
        {
            assert!(matches!(check(false, "GET", &[("host", host)]), Err(ForeignPage::Host)), "{host}");
        }
        for (origin, is_own) in
            [("http://web:8000", true), ("http://mail-gateway", true), ("http://web:3000", false)]
        {
            assert_eq!(check(false, "POST", &[("origin", origin)]).is_ok(), is_own, "{origin}");
        }
    }

    #[test]
    fn every_other_host_is_refused_unless_any_may_be_named() {
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.0.2.1",
            "",
            "\u{e9}",
            ".",
            "localhost..",
            "[::2]:8000",
        ] {
            assert!(matches!(check(false, "GET", &[("host", host)]), Err(ForeignPage::Host)), "{host}");
            assert!(check(true, "GET", &[("host", host)]).is_ok(), "{host}");
        }
    }

    #[test]
    fn whatever_comes_through_a_proxy_is_refused_unless_it_was_meant() {
        for name in OF_PROXIES.iter().map(HeaderName::as_str) {
            for method in ["GET", "POST"] {
                assert!(
                    matches!(check(false, method, &[(name, "127.0.0.1")]), Err(ForeignPage::Proxy)),
                    "{name}"
                );
                assert!(check(true, method, &[(name, "127.0.0.1")]).is_ok(), "{name}");
            }
        }
    }

    #[test]
    fn pages_of_others_may_read_what_browsers_let_them_and_write_nothing() {
        let foreign: [&[(&str, &str)]; 5] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:3000")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "https://evil.example"), ("host", "10.0.0.7")],
        ];
        for headers in foreign {
            assert!(check(true, "GET", headers).is_ok(), "{headers:?}");
            for method in ["POST", "PUT", "PATCH", "DELETE"] {
                assert!(check(true, method, headers).is_err(), "{method} {headers:?}");
            }
        }
    }

    #[test]
    fn pages_of_a_welcome_origin_write_and_name_no_other_host() {
        let origin = ("origin", "https://app.example.org");
        for site in ["cross-site", "same-site"] {
            assert!(check(true, "POST", &[origin, ("sec-fetch-site", site)]).is_ok(), "{site}");
        }
        assert!(check(false, "POST", &[origin, ("host", "evil.example")]).is_err());
        for other in ["https://app.example.org:8443", "http://app.example.org", "https://APP.example.org"] {
            assert!(check(true, "POST", &[("origin", other), ("sec-fetch-site", "cross-site")]).is_err());
        }
    }

    #[test]
    fn the_servers_own_pages_write() {
        let own: [&[(&str, &str)]; 4] = [
            &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8000")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://accounts.example.org")],
            &[("origin", "http://box.example:8000"), ("host", "BOX.example.:8000")],
        ];
        for headers in own {
            assert!(check(true, "POST", headers).is_ok(), "{headers:?}");
        }
    }
}
