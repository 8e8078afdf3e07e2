//! What handlers take from a request.

mod admission;
mod any;
mod authorization;
mod body;
mod client_address;
mod device;
mod form;
mod input;
mod language;
mod parts;
mod upload;
mod upload_places;
#[cfg(test)]
mod upload_tests;

pub use admission::{Admission, NotAuthenticated};
pub use authorization::{authorization, bearer_token};
pub(crate) use body::body_bytes;
pub use client_address::{TrustedProxies, client_address, client_name, is_from_proxy};
pub use device::ClientDevice;
pub use input::{BodyKind, Input, ReadFields};
pub use language::RequestLanguage;
pub use parts::NoBoundary;
pub use upload::UploadLimit;
