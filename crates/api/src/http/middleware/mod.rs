//! What happens around every request.
//!
//! What is around whole surfaces is a function for `wrap_fn`, or a `Transform`. `from_fn` would box the service inside,
//! and the future of each request.

mod amend;
mod body;
mod browser_guard;
mod cors;
mod milliseconds;
mod own_hosts;
mod request_log;
mod request_metrics;
mod safety_net;
mod security_headers;
mod throttle;
mod work_time;

pub use body::{BodyPace, pace_body};
pub use browser_guard::BrowserGuard;
pub use cors::{CorsOrigins, cors};
pub use own_hosts::OwnHosts;
pub(crate) use own_hosts::{comes_from_this_machine, is_loopback_host};
pub use request_log::{RequestLog, X_REQUEST_ID};
pub(crate) use request_metrics::{REQUESTS, SECONDS};
pub use safety_net::{RequestTimeout, safety_net};
pub use security_headers::security_headers;
pub use throttle::{CallLimit, Throttled, count_accepted, throttle};
