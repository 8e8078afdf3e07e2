//! What handlers take from a request.

mod admission;
mod client_address;
mod device;
mod form;
mod input;
mod language;
mod upload;
mod upload_places;
#[cfg(test)]
mod upload_tests;

pub use admission::{Admission, NotAuthenticated};
pub use client_address::{TrustedProxies, client_address, client_name};
pub use device::ClientDevice;
pub use input::{BodyKind, Input, ReadFields};
pub use language::RequestLanguage;
pub use upload::{NoBoundary, UploadLimit};
