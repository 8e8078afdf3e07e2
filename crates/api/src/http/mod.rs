//! What all surfaces share, and what knows none of them.

mod dialect;
pub mod documented;
pub mod extract;
pub mod fields;
pub mod middleware;
mod plain;
mod problem;
mod rejection;
mod surface;

pub use dialect::Dialect;
pub use plain::Plain;
pub use problem::{FrameworkProblem, Problem};
pub use rejection::Rejection;
pub use surface::{endpoint, surface};
