//! The id of a request and its line in the log.

use std::cell::OnceCell;
use std::future::{Future, Ready, ready};
use std::net::IpAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ResourceMap, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use tracing::Instrument as _;
use vestibule_application::audit::Origin;
use vestibule_domain::ports::IdGenerator;

use super::amend::amend;
use super::milliseconds::milliseconds;
use super::request_metrics::RequestMetrics;
use crate::http::Matched;
use crate::http::extract::client_address;
use crate::telemetry::traces;

/// The response header with the id of the request, by which its log lines are found.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives every request an id, a span that carries it into all its log lines, and one line when it is
/// answered; the audit trail knows it by the same id. The line names the route, never the query: links carry tokens there.
///
/// A client, or a proxy, may give an id of its own in `X-Request-Id`: 1 to 128 letters, digits, `.`, `_` and `-`. Then
/// the answer has that one, and the log lines have both.
#[derive(Clone)]
pub struct RequestLog {
    ids: Arc<dyn IdGenerator>,
    counts: bool,
}

impl RequestLog {
    /// Ids come from this port; `counts` has requests counted for monitoring, too.
    pub fn new(ids: Arc<dyn IdGenerator>, counts: bool) -> Self {
        Self { ids, counts }
    }
}

impl<S, B> Transform<S, ServiceRequest> for RequestLog
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Transform = RequestLogService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        let metrics = self.counts.then(Rc::default);
        let routes = Rc::default();
        ready(Ok(RequestLogService { service: Rc::new(service), ids: self.ids.clone(), metrics, routes }))
    }
}

/// See [`RequestLog`].
pub struct RequestLogService<S> {
    service: Rc<S>,
    ids: Arc<dyn IdGenerator>,
    metrics: Option<Rc<RequestMetrics>>,
    /// The routes of the application, which the first request shows.
    routes: Rc<OnceCell<ResourceMap>>,
}

impl<S, B> Service<ServiceRequest> for RequestLogService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>>>>;

    actix_web::dev::forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let started = Instant::now();
        let id = self.ids.random();
        let mut text = [0_u8; uuid::fmt::Simple::LENGTH];
        let text: &str = id.simple().encode_lower(&mut text);
        let given = given_id(&request);
        let header = HeaderValue::from_str(given.unwrap_or(text));
        let client = client_address(request.request());
        let service = self.service.clone();
        let method = request.method().clone();
        let metrics = self.metrics.clone();
        self.routes.get_or_init(|| request.resource_map().clone());
        let (routes, uri) = (self.routes.clone(), request.uri().clone());
        let followed = traces::follow(&request, text);
        let span = tracing::info_span!(parent: &followed, "request", id = text, given_id = given);
        let trace = followed.clone();
        let answer = async move {
            let outcome = service.call(request).await;
            let (status, route) = match &outcome {
                // The way that it took is known by now, and need not be looked for among all.
                Ok(response) => (response.status(), Matched::pattern(response.request())),
                // What a middleware answers, as to a body that stops, does not know its request any more.
                Err(error) => {
                    let route = routes.get().and_then(|routes| routes.match_pattern(uri.path()));
                    (error.as_response_error().status_code(), route.map(Rc::from))
                }
            };
            let took = started.elapsed();
            if let Some(metrics) = metrics {
                metrics.record(route.as_deref(), &method, status, took);
            }
            answered(&method, route.as_deref(), status, client, took);
            traces::followed(&trace, status);
            amend(outcome, |headers| {
                if let Ok(header) = header {
                    headers.insert(X_REQUEST_ID, header);
                }
            })
        };
        Box::pin(Origin::request(id, client).scope(answer).instrument(span).instrument(followed))
    }
}

/// The id that came with a request, if it is one and can stand in a log.
fn given_id(request: &ServiceRequest) -> Option<&str> {
    let mut given = request.headers().get_all(X_REQUEST_ID);
    let (Some(id), None) = (given.next(), given.next()) else {
        return None;
    };
    let is_sane = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    id.to_str().ok().filter(|id| (1..=128).contains(&id.len()) && id.bytes().all(is_sane))
}

/// The line of a request. A probe that is answered well would fill the log, so it is for debugging.
fn answered(
    method: &Method,
    route: Option<&str>,
    status: StatusCode,
    client: Option<IpAddr>,
    took: Duration,
) {
    macro_rules! log {
        ($level:ident) => {
            tracing::$level!(
                http.method = method.as_str(),
                http.route = route.unwrap_or("-"),
                http.status = status.as_u16(),
                client = client.map(tracing::field::display),
                ms = milliseconds(took),
                "answered"
            )
        };
    }
    if status.is_success() && route.is_some_and(|route| PROBES.contains(&route)) {
        log!(debug);
    } else {
        log!(info);
    }
}

/// What load balancers and containers ask for every few seconds.
const PROBES: [&str; 2] = ["/health/live", "/health/ready"];
