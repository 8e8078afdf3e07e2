//! What all surfaces share, and what knows none of them.

mod bad_email;
mod bad_picture;
mod dialect;
pub mod documented;
pub mod endpoint;
pub mod extract;
pub mod fastapi;
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
pub use surface::{get_or_head, resource, surface};
