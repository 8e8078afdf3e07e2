//! What all surfaces share, and what knows none of them.

pub mod codes;
mod dialect;
pub mod endpoint;
pub mod extract;
pub mod fastapi;
pub mod fields;
mod json;
mod kept;
mod languages;
mod matched;
mod media_urls;
pub mod middleware;
mod origin;
mod plain;
mod problem;
mod public_path;
mod rejection;
mod surface;

pub use dialect::Dialect;
pub(crate) use json::JSON;
pub use json::json;
pub use kept::kept;
pub use languages::{language_of, spoken};
pub(crate) use matched::Matched;
pub use media_urls::MediaUrls;
pub use origin::parse_origin;
pub use plain::Plain;
pub use problem::{FrameworkProblem, Problem};
pub use public_path::PublicPath;
pub use rejection::Rejection;
pub use surface::{get_or_head, resource, surface, with_methods};
