//! The span of a request.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::REQUESTS;
use crate::http::extract::is_from_proxy;

const TRACEPARENT: &str = "traceparent";

/// The span of a request, which is none unless traces are delivered. It has what OpenTelemetry's conventions for HTTP
/// servers ask for, except for addresses: paths and queries carry tokens, and clients are persons.
///
/// If the settings say so, a trusted proxy may have begun the trace (W3C Trace Context, `traceparent`), and decides then
/// whether the request is followed. Of anybody else the header is passed over: strangers could have each of their requests
/// followed.
pub(crate) fn follow(request: &ServiceRequest, id: &str) -> Span {
    // The route is looked for among all, which only a request that is followed should take the time for.
    let route = || request.match_pattern();
    let span = tracing::info_span!(
        target: REQUESTS,
        parent: None,
        "request",
        otel.name = name(request.method(), route().as_deref()),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = known(request.method()),
        http.route = route().as_deref(),
        http.response.status_code = Empty,
        vestibule.request_id = id,
    );
    if !span.is_disabled() && super::goes_on_with_proxies() && is_from_proxy(request.request()) {
        let begun = TraceContextPropagator::new().extract(&Headers(request.headers()));
        // The span has not begun, so it still takes a parent.
        let _is_new = span.set_parent(begun);
    }
    span
}

/// Notes the answer.
pub(crate) fn followed(span: &Span, status: StatusCode) {
    // Numbers without a sign would be told as text.
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}

/// What the request asks for, in words that no client chooses.
fn name(method: &Method, route: Option<&str>) -> String {
    let method = known(method);
    route.map_or_else(|| method.to_owned(), |route| format!("{method} {route}"))
}

/// Names of methods are the client's own words, and spans are grouped by them.
fn known(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS") => known,
        _ => "_OTHER",
    }
}

/// The one header that says where a trace belongs. `tracestate` is of no use here and has no bound.
struct Headers<'r>(&'r HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).filter(|_| name == TRACEPARENT).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        vec![TRACEPARENT]
    }
}
