//! What handlers take from a request.

mod client_address;
mod device;
mod input;
mod language;

pub use client_address::{TrustedProxies, client_address};
pub use device::ClientDevice;
pub use input::{BodyKind, Input, ReadFields};
pub use language::RequestLanguage;
