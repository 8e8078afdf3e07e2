//! What all surfaces share, and what knows none of them.

mod dialect;
pub mod documented;
pub mod extract;
pub mod fields;
mod json;
pub mod middleware;
mod plain;
mod problem;
mod rejection;
mod surface;

pub use dialect::Dialect;
pub use json::json;
pub use plain::Plain;
pub use problem::{FrameworkProblem, Problem};
pub use rejection::Rejection;
pub use surface::{endpoint, get_or_head, resource, surface};
