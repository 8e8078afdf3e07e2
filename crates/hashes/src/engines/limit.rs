//! What is never computed.
//!
//! A hash comes from a file of somebody else's, and a login computes it. So each engine has greatest parameters: up to
//! about three seconds of one core with the longest password, and 128 MiB, on which every thread that hashes may sit at
//! once. All defaults of the systems that we read are far below. What steps and spellings take together is limited by
//! [`MOST`](crate::cost::MOST). The limits hold when a hash is read and when it is taken from the store.

use super::Algorithm;
use crate::refusal::Refusal;

/// The most memory that one computation fills, in bytes. It is what OWASP recommends of scrypt, and twice what Argon2
/// takes in most systems.
pub(super) const MEMORY: u64 = 128 << 20;
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

/// What comes out of a function that has its input for a key of HMAC. A key that is shorter than a block is filled up
/// with NULs (RFC 2104 §2), so an input that ends with one is the same as without it, and is refused.
pub(super) fn unless_padded(input: &[u8], output: Vec<u8>) -> Vec<u8> {
    if input.last() == Some(&0) { Vec::new() } else { output }
}

/// Nanoseconds of a round of MD5-crypt and SHA-crypt. It reads the digest and the password, the password once more but
/// for each seventh round, and the salt but for each third.
pub(super) fn crypt_round(algorithm: Algorithm, password: usize, salt: usize) -> u64 {
    let password = password.min(CRYPT_PASSWORD);
    algorithm.time(algorithm.length() + password + password * 6 / 7 + salt * 2 / 3)
}

/// What crypt(3) is given of a password, and whether that is all of it.
pub(super) fn crypt_password(password: &[u8]) -> (&[u8], bool) {
    let within = password.len() <= CRYPT_PASSWORD;
    (password.get(..CRYPT_PASSWORD).unwrap_or(password), within)
}
