//! Counting requests.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use metrics::{Counter, Histogram};

pub(crate) const REQUESTS: &str = "vestibule_http_requests_total";
pub(crate) const SECONDS: &str = "vestibule_http_request_duration_seconds";

/// The label of requests that no route matched.
const NO_ROUTE: &str = "-";

/// Counts the requests of one worker thread. A series is looked up in the recorder once and then kept.
///
/// No label is a client's to choose: the route is its pattern, and a method that is not a common one is
/// "other". So the number of series is bounded.
#[derive(Default)]
pub(super) struct RequestMetrics {
    routes: RefCell<HashMap<String, Route>>,
}

#[derive(Default)]
struct Route {
    requests: HashMap<(&'static str, &'static str), Counter>,
    seconds: HashMap<&'static str, Histogram>,
}

impl RequestMetrics {
    /// Counts a request that was answered; `route` is the pattern that its path matched.
    pub(super) fn record(&self, route: Option<&str>, method: &Method, status: StatusCode, took: Duration) {
        // A path is matched with and without a slash at its end.
        let route =
            route.map_or(NO_ROUTE, |route| if route == "/" { route } else { route.trim_end_matches('/') });
        let (method, class) = (label(method), class(status));
        let mut routes = self.routes.borrow_mut();
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        let Some(series) = routes.get_mut(route) else { return };
        let requests = series.requests.entry((method, class)).or_insert_with(|| {
            metrics::counter!(REQUESTS, "route" => route.to_owned(), "method" => method, "status" => class)
        });
        requests.increment(1);
        let seconds = series
            .seconds
            .entry(method)
            .or_insert_with(|| metrics::histogram!(SECONDS, "route" => route.to_owned(), "method" => method));
        seconds.record(took);
    }
}

fn label(method: &Method) -> &'static str {
    const COMMON: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    COMMON.into_iter().find(|common| *common == method.as_str()).unwrap_or("other")
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}
