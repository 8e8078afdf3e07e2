//! Proxies in front of the server.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net};

/// Networks whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub(crate) fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Whether the address belongs to a trusted proxy. An IPv4 address in the form of IPv6
    /// (`::ffff:10.0.0.1`) counts as the IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether no proxy is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The networks that are so wide that they include strangers: more than an eighth of a percent of all addresses
    /// of the kind. Networks that are private as a whole are left out.
    pub(crate) fn wide(&self) -> impl Iterator<Item = String> {
        let is_wide = |network: &&IpNet| match network {
            IpNet::V4(network) => network.prefix_len() < 10 && !is_private(network.network()),
            IpNet::V6(network) => {
                network.prefix_len() < 32 && network.network().segments()[0] & 0xfe00 != 0xfc00
            }
        };
        self.0.iter().filter(is_wide).map(ToString::to_string)
    }

    /// The networks. A single address is a network with a prefix of full length.
    pub(crate) fn networks(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|network| {
            if network.prefix_len() == network.max_prefix_len() {
                network.addr().to_string()
            } else {
                network.to_string()
            }
        })
    }
}

/// Turns a network of IPv4 addresses in the form of IPv6 (`::ffff:10.0.0.0/104`) into the network of IPv4, because
/// addresses are compared in that form.
fn canonical(network: IpNet) -> IpNet {
    let IpNet::V6(mapped) = network else { return network };
    let v4 = mapped.network().to_ipv4_mapped().zip(mapped.prefix_len().checked_sub(96));
    v4.and_then(|(address, bits)| Ipv4Net::new(address, bits).ok()).map_or(network, IpNet::V4)
}

/// 10.0.0.0/8 and 127.0.0.0/8 (RFC 1918, RFC 1122).
fn is_private(address: Ipv4Addr) -> bool {
    matches!(address.octets(), [10 | 127, ..])
}

/// An address, or a network as address/bits.
pub(crate) fn parse_network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().ok().map(|address| IpNet::from(address.to_canonical()));
    let network = || text.parse::<IpNet>().ok().map(|network| canonical(network.trunc()));
    address.or_else(network).ok_or_else(|| {
        "must be an IP address or a network, such as \"127.0.0.1\" or \"10.0.0.0/8\"".to_owned()
    })
}
