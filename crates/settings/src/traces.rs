//! `[traces]`: where requests are followed, from the client to the database.

use url::Url;

use crate::expect::{flag, number, parsed, text};
use crate::public_url::is_loopback;
use crate::reader::Reader;
use crate::redacted_url::RedactedUrl;
use crate::secret::Secret;
use crate::sheet::Sheet;

/// `[traces]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceSettings {
    /// The collector of OpenTelemetry that gets traces, by OTLP over HTTP with its path; `None` is none.
    pub endpoint: Option<RedactedUrl>,
    /// Headers of each call to it: `name=value`, separated by commas, with letters, digits and `-` in names.
    pub headers: Option<Secret>,
    /// One request of so many is followed, at least 1.
    pub one_in: u32,
    /// Whether a trace that a trusted proxy began is gone on with, and followed as it says.
    pub from_proxies: bool,
    /// The name of this service among others.
    pub service: String,
}

impl TraceSettings {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let mut section = reader.section("traces");
        let settings = Self {
            endpoint: section.optional("endpoint", parsed(parse_endpoint)),
            headers: section.optional("headers", parsed(parse_headers)),
            one_in: section.required("one_in", number(1..=MOST)),
            from_proxies: section.required("from_proxies", flag),
            service: section.required("service", text),
        };
        if let (Some(endpoint), Some(_)) = (&settings.endpoint, &settings.headers)
            && !is_private(endpoint.reveal())
        {
            section.refuse("headers", "need an https:// address in traces.endpoint, or one of this machine");
        }
        settings
    }

    pub(crate) fn show(&self, sheet: &mut Sheet) {
        sheet.section("traces");
        match &self.endpoint {
            Some(endpoint) => sheet.text("endpoint", endpoint.to_string()),
            None => sheet.absent("endpoint"),
        }
        match &self.headers {
            Some(headers) => sheet.text("headers", headers.to_string()),
            None => sheet.absent("headers"),
        }
        sheet.number("one_in", self.one_in);
        sheet.flag("from_proxies", self.from_proxies);
        sheet.text("service", &self.service);
    }

    /// Whether the collector is on this machine, where no proxy leads to.
    pub fn is_collector_here(&self) -> bool {
        self.endpoint
            .as_ref()
            .is_some_and(|endpoint| Url::parse(endpoint.reveal()).is_ok_and(|url| is_loopback(&url)))
    }

    /// The headers by their names.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().flat_map(|headers| pairs(headers.reveal()))
    }
}

/// One request of a million is enough of the busiest server.
const MOST: u32 = 1_000_000;

/// What OTLP over HTTP is sent to where an address has no path of its own (OpenTelemetry's protocol exporter, "Endpoint
/// URLs for OTLP/HTTP").
const PATH: &str = "/v1/traces";

fn parse_endpoint(text: &str) -> Result<RedactedUrl, String> {
    let mut url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| {
            "must be an http:// or https:// address without user, such as \"http://127.0.0.1:4318\""
                .to_owned()
        })?;
    if url.path() == "/" {
        url.set_path(PATH);
    }
    Ok(RedactedUrl::of_gateway(url))
}

fn parse_headers(text: &str) -> Result<Secret, String> {
    let is_header = |(name, value): (&str, &str)| {
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_name && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
    };
    let parts = text.split(',').count();
    let are_headers = pairs(text).count() == parts && pairs(text).all(is_header);
    are_headers
        .then(|| Secret::new(text))
        .ok_or_else(|| "must be headers such as \"authorization=Bearer 0123,x-team=accounts\"".to_owned())
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(',').filter_map(|part| part.split_once('=')).map(|(name, value)| (name.trim(), value.trim()))
}

/// Whether nobody on the way can read the headers.
fn is_private(endpoint: &str) -> bool {
    Url::parse(endpoint).is_ok_and(|url| url.scheme() == "https" || is_loopback(&url))
}
