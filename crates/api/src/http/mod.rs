//! What all surfaces share, and what knows none of them.

mod bad_email;
mod bad_picture;
pub mod codes;
mod dialect;
pub mod documented;
pub mod extract;
pub mod fields;
mod json;
mod media_urls;
pub mod middleware;
mod plain;
mod problem;
mod public_path;
mod rejection;
mod surface;

pub use bad_email::bad_email;
pub use bad_picture::bad_picture;
pub use dialect::Dialect;
pub use json::json;
pub use media_urls::MediaUrls;
pub use plain::Plain;
pub use problem::{FrameworkProblem, Problem};
pub use public_path::PublicPath;
pub use rejection::Rejection;
pub use surface::{endpoint, get_or_head, resource, surface, surface_for};
