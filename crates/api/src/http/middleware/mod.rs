//! What happens around every request.

mod amend;
mod request_log;
mod safety_net;
mod security_headers;
mod throttle;

pub use request_log::{RequestLog, X_REQUEST_ID};
pub use safety_net::{RequestTimeout, safety_net};
pub use security_headers::security_headers;
pub use throttle::{Throttle, throttle};
