//! Which requests reach the console at all.

use actix_web::dev::ServiceRequest;
use actix_web::web;
use vestibule_application::{Code, CodedError};

use super::codes;
use super::policy::ConsolePolicy;
use crate::browser::origin::is_of_own_page;
use crate::http::extract::TrustedProxies;
use crate::http::middleware::comes_from_this_machine;

/// Why a request goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fenced {
    /// It came from another machine.
    #[error("the console is served on this machine alone")]
    Network,
    /// It would write, and is not of a page of the console.
    #[error("the request is of another site's page")]
    ForeignPage,
}

impl CodedError for Fenced {
    fn code(&self) -> Code {
        match self {
            Self::Network => codes::NOT_ON_THE_NETWORK,
            Self::ForeignPage => codes::FOREIGN_PAGE,
        }
    }
}

/// Lets a request through that comes from where the console is served, and that, where it writes, a page of the console
/// sends.
pub(super) fn check(request: &ServiceRequest, policy: &ConsolePolicy) -> Result<(), Fenced> {
    if policy.loopback_only && (!comes_from_this_machine(request) || is_of_proxy(request)) {
        return Err(Fenced::Network);
    }
    // On this machine alone nobody asks by the public address.
    let public_origin = (!policy.loopback_only).then_some(&*policy.public_origin);
    if is_of_own_page(request, public_origin) { Ok(()) } else { Err(Fenced::ForeignPage) }
}

/// Whether the peer is a trusted proxy, although no header of one is there: it passes on what others ask.
fn is_of_proxy(request: &ServiceRequest) -> bool {
    let proxies = request.app_data::<web::Data<TrustedProxies>>();
    request.peer_addr().zip(proxies).is_some_and(|(peer, proxies)| proxies.contains(peer.ip()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use vestibule_settings::Source;

    use super::*;

    type Header = (&'static str, &'static str);

    fn checked(loopback_only: bool, method: &str, peer: &str, headers: &[Header]) -> Result<(), Fenced> {
        let source = Source::default()
            .with("VESTIBULE__SERVER__PUBLIC_URL", "http://127.0.0.1:8000/base")
            .with("VESTIBULE__SERVER__TRUSTED_PROXIES", "127.0.0.2")
            .with("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true");
        let settings = crate::surfaces::settings(&source).unwrap();
        let policy = ConsolePolicy::new(&settings);
        let policy = ConsolePolicy {
            loopback_only,
            public_origin: "https://accounts.example.org".to_owned(),
            ..policy
        };
        let request = TestRequest::default().method(method.parse().unwrap());
        let request = request.app_data(web::Data::new(settings.server.trusted_proxies));
        let request = request.peer_addr(format!("{peer}:4711").parse().unwrap());
        let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
        check(&request.to_srv_request(), &policy)
    }

    #[test]
    fn pages_of_the_console_alone_write() {
        let host = ("host", "127.0.0.1:8000");
        let own: [&[_]; 4] = [
            &[host, ("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8000")],
            &[host, ("sec-fetch-site", "same-origin")],
            &[host, ("origin", "http://127.0.0.1:8000")],
            &[host, ("origin", "https://accounts.example.org")],
        ];
        for headers in own {
            assert_eq!(checked(false, "POST", "203.0.113.9", headers), Ok(()), "{headers:?}");
        }
        let foreign: [&[_]; 8] = [
            &[host],
            &[host, ("sec-fetch-site", "none")],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:8000")],
            &[host, ("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://127.0.0.1:3000")],
            &[host, ("origin", "https://accounts.example.org.evil.example")],
        ];
        for headers in foreign {
            let refused = checked(false, "POST", "203.0.113.9", headers);
            assert_eq!(refused, Err(Fenced::ForeignPage), "{headers:?}");
            assert_eq!(checked(false, "GET", "203.0.113.9", headers), Ok(()), "{headers:?}");
        }
    }

    #[test]
    fn on_this_machine_alone_others_and_proxies_are_kept_out() {
        let host = ("host", "localhost:8000");
        let cases: [(&str, &[Header], bool); 8] = [
            ("127.0.0.1", &[host], true),
            ("[::1]", &[("host", "[::1]:8000")], true),
            ("203.0.113.9", &[host], false),
            ("127.0.0.1", &[("host", "accounts.example.org")], false),
            ("127.0.0.1", &[("host", "localhost.evil.example")], false),
            ("127.0.0.1", &[], false),
            ("127.0.0.1", &[host, ("x-forwarded-for", "127.0.0.1")], false),
            ("127.0.0.1", &[host, ("via", "1.1 nginx")], false),
        ];
        for (peer, headers, is_in) in cases {
            assert_eq!(checked(true, "GET", peer, headers).is_ok(), is_in, "{peer} {headers:?}");
        }
        // Pages by the public address may not write. A relay on this machine that says nothing of itself is none the less a
        // way in: who asks through it without a browser names the origin that fits.
        let origin = ("origin", "https://accounts.example.org");
        assert_eq!(checked(true, "POST", "127.0.0.1", &[host, origin]), Err(Fenced::ForeignPage));
    }

    #[test]
    fn a_trusted_proxy_that_says_nothing_of_itself_is_kept_out_of_this_machine() {
        let host = ("host", "localhost:8000");
        for (loopback_only, peer, is_in) in [
            (true, "127.0.0.2", false),
            (true, "[::ffff:127.0.0.2]", false),
            (true, "127.0.0.1", true),
            (false, "127.0.0.2", true),
        ] {
            let checked = checked(loopback_only, "GET", peer, &[host]);
            assert_eq!(checked.is_ok(), is_in, "{loopback_only} {peer}");
        }
    }
}
