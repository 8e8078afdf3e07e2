//! What is never computed.
//!
//! A hash comes from a file of somebody else's, and a login computes it. So each engine has greatest parameters: about
//! two to five seconds of one core, and 256 MiB, on which every thread that hashes may sit at once. All defaults of
//! the systems that we read are far below. The limits hold when a hash is read and when it is taken from the store.

use crate::refusal::Refusal;

/// The most memory of one computation, in bytes.
pub(super) const MEMORY: u64 = 256 << 20;
/// The longest password that functions of crypt(3) are given, in bytes (libxcrypt's own limit). Their time grows with
/// the password, and a longer one could not be set.
pub(super) const CRYPT_PASSWORD: usize = 511;
/// The longest salt, in bytes.
const SALT: usize = 256;

/// Refuses a parameter above its limit.
pub(super) fn at_most(what: &'static str, found: impl Into<u64>, limit: u64) -> Result<(), Refusal> {
    let found = found.into();
    if found > limit { Err(Refusal::TooCostly { what, found, limit }) } else { Ok(()) }
}

pub(super) fn salt(bytes: &[u8]) -> Result<(), Refusal> {
    at_most("the length of a salt in bytes", bytes.len() as u64, SALT as u64)
}

/// What crypt(3) is given of a password, and whether that is all of it.
pub(super) fn crypt_password(password: &[u8]) -> (&[u8], bool) {
    let within = password.len() <= CRYPT_PASSWORD;
    (password.get(..CRYPT_PASSWORD).unwrap_or(password), within)
}
