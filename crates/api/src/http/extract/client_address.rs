//! The address of a client.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, web};
use vestibule_application::policy::client_bucket;
pub use vestibule_settings::TrustedProxies;

const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the client: that of the peer. If the peer is a trusted proxy, the right-most address in
/// `X-Forwarded-For` that is no trusted proxy. Anybody can make up the addresses further left.
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let proxies = request.app_data::<web::Data<TrustedProxies>>()?;
    Some(behind_proxies(peer, request.headers(), proxies))
}

/// Whether the peer is a trusted proxy.
pub fn is_from_proxy(request: &HttpRequest) -> bool {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let proxies = request.app_data::<web::Data<TrustedProxies>>();
    peer.zip(proxies).is_some_and(|(peer, proxies)| proxies.contains(peer))
}

/// The name under which the client is counted, see [`client_bucket`].
pub fn client_name(request: &HttpRequest) -> String {
    client_address(request).map_or_else(|| "unknown".to_owned(), client_bucket)
}

fn behind_proxies(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> IpAddr {
    let mut client = peer.to_canonical();
    if !proxies.contains(client) {
        return client;
    }
    // Bytes that are no text make an entry that is no address; to skip its line would be to believe the
    // line to the left of it.
    let lines: Vec<_> =
        headers.get_all(X_FORWARDED_FOR).map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        // Nothing left of an entry that is no address can be believed.
        let Some(address) = hop_address(hop.trim()) else { break };
        client = address.to_canonical();
        if !proxies.contains(client) {
            break;
        }
    }
    client
}

/// An address, perhaps with a port, as some proxies write it.
fn hop_address(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .or_else(|_no_plain_address| hop.parse::<std::net::SocketAddr>().map(|address| address.ip()))
        .or_else(|_no_port| hop.trim_start_matches('[').trim_end_matches(']').parse())
        .ok()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
    use vestibule_settings::Source;

    use super::*;

    fn proxies(list: &str) -> TrustedProxies {
        let source = Source::default()
            .with("VESTIBULE__SERVER__TRUSTED_PROXIES", list)
            .with("VESTIBULE__DOORS__ALLOW_ON_NETWORK", "true");
        crate::surfaces::settings(&source).unwrap().server.trusted_proxies
    }

    fn client(peer: &str, forwarded: &[impl AsRef<[u8]>], trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(
                HeaderName::from_static(X_FORWARDED_FOR),
                HeaderValue::from_bytes(line.as_ref()).unwrap(),
            );
        }
        behind_proxies(peer.parse().unwrap(), &headers, &proxies(trusted)).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], "10.0.0.0/8"), "203.0.113.9");
    }

    #[test]
    fn behind_a_proxy_the_right_most_untrusted_hop_counts() {
        assert_eq!(client("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.1, 10.0.0.2"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.66", "198.51.100.1"], "10.0.0.0/8"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["[2001:db8::1]:4711"], "10.0.0.0/8"), "2001:db8::1");
    }

    #[test]
    fn what_is_no_address_ends_the_chain() {
        assert_eq!(client("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.0/8"), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[""; 0], "10.0.0.0/8"), "10.0.0.1");
    }

    #[test]
    fn bytes_that_are_no_text_end_the_chain_and_are_not_skipped() {
        let forwarded: [&[u8]; 2] = [b"192.0.2.66", b"caf\xe9"];
        assert_eq!(client("10.0.0.1", &forwarded, "10.0.0.0/8"), "10.0.0.1");
        let forwarded: [&[u8]; 2] = [b"192.0.2.66", b"caf\xe9, 198.51.100.1"];
        assert_eq!(client("10.0.0.1", &forwarded, "10.0.0.0/8"), "198.51.100.1");
    }
}
