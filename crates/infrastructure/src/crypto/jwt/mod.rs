//! Signed tokens: JSON Web Tokens (RFC 7519) under a shared secret, in compact form (RFC 7515 §7.1).

mod algorithm;
mod signer;
#[cfg(test)]
mod tests;
mod verified;
mod wire;

pub use algorithm::{JwtAlgorithm, UnknownJwtAlgorithm};
pub use signer::{JwtSettings, JwtSigner};
