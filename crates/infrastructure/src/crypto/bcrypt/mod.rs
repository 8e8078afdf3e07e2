//! Password hashing with bcrypt, on threads of its own.

mod hasher;
mod scheme;
#[cfg(test)]
mod tests;

pub use hasher::{BcryptHasher, BcryptSettings, BcryptSetupError};
