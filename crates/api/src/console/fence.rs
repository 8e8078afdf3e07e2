//! Which requests reach the console at all.

use actix_web::dev::ServiceRequest;
use actix_web::guard::GuardContext;
use actix_web::web;
use vestibule_application::{Code, CodedError};

use super::codes;
use super::policy::ConsolePolicy;
use crate::browser::origin::is_of_own_page;
use crate::http::extract::TrustedProxies;
use crate::http::middleware::comes_from_this_machine;

/// The request would write, and is not of a page of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request is of another site's page")]
pub(super) struct ForeignPage;

impl CodedError for ForeignPage {
    fn code(&self) -> Code {
        codes::FOREIGN_PAGE
    }
}

/// Whether a request comes from where the console is served. To everybody else there is none: its paths are answered as
/// any other that there is not, so that nobody learns of it.
pub(super) fn is_served_to(request: &GuardContext<'_>, policy: &ConsolePolicy) -> bool {
    !policy.loopback_only || (comes_from_this_machine(request.head()) && !is_of_proxy(request))
}

/// Lets a request through that only reads, or that a page of the console sends.
pub(super) fn check(request: &ServiceRequest, policy: &ConsolePolicy) -> Result<(), ForeignPage> {
    // On this machine alone nobody asks by the public address.
    let public_origin = (!policy.loopback_only).then_some(&*policy.public_origin);
    if is_of_own_page(request, public_origin) { Ok(()) } else { Err(ForeignPage) }
}

/// Whether the peer is a trusted proxy, although no header of one is there: it passes on what others ask.
fn is_of_proxy(request: &GuardContext<'_>) -> bool {
    let proxies = request.app_data::<web::Data<TrustedProxies>>();
    request.head().peer_addr.zip(proxies).is_some_and(|(peer, proxies)| proxies.contains(peer.ip()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use vestibule_settings::Source;

    use super::*;

    type Header = (&'static str, &'static str);

    fn policy(loopback_only: bool) -> (ConsolePolicy, TrustedProxies) {
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
        (policy, settings.server.trusted_proxies)
    }

    fn asked(method: &str, peer: &str, headers: &[Header]) -> TestRequest {
        let request = TestRequest::default().method(method.parse().unwrap());
        let request = request.peer_addr(format!("{peer}:4711").parse().unwrap());
        headers.iter().fold(request, |request, header| request.insert_header(*header))
    }

    fn checked(loopback_only: bool, headers: &[Header]) -> [Result<(), ForeignPage>; 2] {
        ["POST", "GET"].map(|method| {
            let request = asked(method, "127.0.0.1", headers).to_srv_request();
            check(&request, &policy(loopback_only).0)
        })
    }

    fn is_in(loopback_only: bool, peer: &str, headers: &[Header]) -> bool {
        let (policy, proxies) = policy(loopback_only);
        let request = asked("GET", peer, headers).app_data(web::Data::new(proxies)).to_srv_request();
        is_served_to(&request.guard_ctx(), &policy)
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
            assert_eq!(checked(false, headers), [Ok(()), Ok(())], "{headers:?}");
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
            assert_eq!(checked(false, headers), [Err(ForeignPage), Ok(())], "{headers:?}");
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
        for (peer, headers, expected) in cases {
            assert_eq!(is_in(true, peer, headers), expected, "{peer} {headers:?}");
            assert!(is_in(false, peer, headers), "{peer} {headers:?}");
        }
        // Pages by the public address may not write. A relay on this machine that says nothing of itself is none the less a
        // way in: who asks through it without a browser names the origin that fits.
        let origin = ("origin", "https://accounts.example.org");
        assert_eq!(checked(true, &[host, origin]), [Err(ForeignPage), Ok(())]);
    }

    #[test]
    fn a_trusted_proxy_that_says_nothing_of_itself_is_kept_out_of_this_machine() {
        let host = ("host", "localhost:8000");
        for (loopback_only, peer, expected) in [
            (true, "127.0.0.2", false),
            (true, "[::ffff:127.0.0.2]", false),
            (true, "127.0.0.1", true),
            (false, "127.0.0.2", true),
        ] {
            assert_eq!(is_in(loopback_only, peer, &[host]), expected, "{loopback_only} {peer}");
        }
    }
}
