//! `[server]`: where the server listens, and its limits.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;

use crate::expect::{duration, duration_to, duration_within, list, number, parsed, size};
use crate::host_pattern::HostPattern;
use crate::proxies::{TrustedProxies, parse_network};
use crate::public_url;
use crate::reader::{Reader, Section};
use crate::sheet::Sheet;

/// The shortest time for the head of a request. Connections need some time for any head.
const SHORTEST_HEAD: Duration = Duration::from_secs(1);
const LARGEST_BODY: usize = 1 << 30;
/// The greatest number of threads: as many as actix-server can tell apart.
const MOST_WORKERS: usize = 512;
/// The longest wait for a client.
const LONGEST_WAIT: Duration = Duration::from_hours(24);
const HIGHEST_FLOOR: u32 = 1 << 20;

/// `[server]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// IP address (IPv6 without brackets) or name on which the server listens.
    pub host: String,
    /// TCP port; 0 takes any free one.
    pub port: u16,
    /// Where clients reach the server: http or https, no slash at the end. Never empty.
    pub public_url: String,
    /// Hosts that requests may name beside loopback and the host of `public_url`. They count while messages are
    /// captured or a door is open; otherwise every host is accepted.
    pub hosts: Vec<HostPattern>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// Threads that serve HTTP, up to 512; 0 is one per core.
    pub workers: usize,
    /// How long a connection may be idle between two requests, up to a day. A proxy in front has to close idle
    /// connections sooner. Otherwise it sends a request into a connection that the server is closing.
    pub keep_alive: Duration,
    /// How long the head of the first request of a connection may take, from the connection on; from a second up to a day. A later
    /// head that has begun has no limit here.
    pub head_timeout: Duration,
    /// How long a request may take, less the time in which the server waits for more of its body.
    pub request_timeout: Duration,
    /// How long the server waits for the next bytes of a body, and by how much it may fall behind its rate; up to a
    /// day.
    pub body_idle_timeout: Duration,
    /// Bytes for each second of waiting that a body has to bring, up to 1 MiB; 0 is no floor.
    pub body_min_rate: u32,
    /// How long the server waits for a body in all, up to a day.
    pub body_total_timeout: Duration,
    /// How long a client may take nothing of what is sent to it, up to a day.
    pub write_timeout: Duration,
    /// How long a stopping server waits for requests and workers.
    pub shutdown_timeout: Duration,
    /// Largest request body, in bytes.
    pub max_body: usize,
}

impl ServerSettings {
    /// The number of threads that serve HTTP.
    pub fn threads(&self) -> NonZeroUsize {
        let cores = || available_parallelism().unwrap_or(NonZeroUsize::MIN);
        NonZeroUsize::new(self.workers).unwrap_or_else(cores)
    }

    /// The ways by which strangers can reach the server: the key of the setting and what it does. Empty if only this
    /// machine can reach it. A proxy on this machine is a way in too, because its clients appear as local.
    pub(crate) fn ways_from_a_network(&self) -> Vec<(&'static str, &'static str)> {
        let mut ways = Vec::new();
        if !self.listens_on_loopback() {
            ways.push(("server.host", "is not loopback"));
        }
        // A default address follows the host, which is named already.
        let is_given = self.public_url != public_url::by_default(&self.host, self.port);
        if is_given && public_url::leads_elsewhere(&self.public_url) {
            ways.push(("server.public_url", "does not lead to loopback"));
        }
        if !self.trusted_proxies.is_empty() {
            ways.push(("server.trusted_proxies", "is not empty"));
        }
        ways
    }

    /// Whether the server listens on every address of the machine.
    pub(crate) fn listens_everywhere(&self) -> bool {
        self.host.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified())
    }

    fn listens_on_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
    }

    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("server");
        let host = section.required("host", parsed(parse_host));
        let port = section.required("port", number(0..=u16::MAX));
        let public_url = public_url(&mut section);
        Self {
            public_url: public_url.unwrap_or_else(|| public_url::by_default(&host, port)),
            host,
            port,
            hosts: section.required("hosts", list(HostPattern::parse)),
            trusted_proxies: TrustedProxies::new(section.required("trusted_proxies", list(parse_network))),
            workers: section.required("workers", number(0..=MOST_WORKERS)),
            keep_alive: section.required("keep_alive", duration_to(LONGEST_WAIT)),
            head_timeout: section.required("head_timeout", duration_within(SHORTEST_HEAD..=LONGEST_WAIT)),
            request_timeout: section.required("request_timeout", duration),
            body_idle_timeout: section.required("body_idle_timeout", duration_to(LONGEST_WAIT)),
            body_min_rate: section.required("body_min_rate", number(0..=HIGHEST_FLOOR)),
            body_total_timeout: section.required("body_total_timeout", duration_to(LONGEST_WAIT)),
            write_timeout: section.required("write_timeout", duration_to(LONGEST_WAIT)),
            shutdown_timeout: section.required("shutdown_timeout", duration),
            max_body: section.required("max_body", size(1..=LARGEST_BODY)),
        }
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("server");
        sheet.text("host", &self.host);
        sheet.number("port", self.port);
        sheet.text("public_url", &self.public_url);
        sheet.list("hosts", self.hosts.iter().map(ToString::to_string));
        sheet.list("trusted_proxies", self.trusted_proxies.networks());
        sheet.number("workers", self.workers);
        sheet.duration("keep_alive", self.keep_alive);
        sheet.duration("head_timeout", self.head_timeout);
        sheet.duration("request_timeout", self.request_timeout);
        sheet.duration("body_idle_timeout", self.body_idle_timeout);
        sheet.number("body_min_rate", self.body_min_rate);
        sheet.duration("body_total_timeout", self.body_total_timeout);
        sheet.duration("write_timeout", self.write_timeout);
        sheet.duration("shutdown_timeout", self.shutdown_timeout);
        sheet.size("max_body", self.max_body);
    }
}

/// The address of links in messages. Production must state it, and nobody on the way may read it, because links carry
/// tokens.
fn public_url(section: &mut Section<'_>) -> Option<String> {
    let given = section.optional("public_url", parsed(public_url::parse));
    if section.environment().is_production() && section.sound(&["public_url"]) {
        match &given {
            None => section.refuse("public_url", "is missing; production needs it for links in messages"),
            Some(url) if !public_url::is_protected(url) => {
                section.refuse("public_url", "must be https in production (http for loopback only)");
            }
            Some(_) => {}
        }
    }
    given
}

fn parse_host(text: &str) -> Result<String, String> {
    let host = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let is_name = || {
        host.len() <= 253
            && !host.starts_with('-')
            && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
    };
    if host.parse::<IpAddr>().is_ok() || is_name() {
        return Ok(host.to_owned());
    }
    Err("must be an IP address or a host name, without port, such as \"127.0.0.1\" or \"0.0.0.0\"".to_owned())
}
