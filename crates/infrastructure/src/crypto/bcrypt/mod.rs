//! Password hashing with bcrypt, on threads of its own.

mod hasher;
mod rounds;
mod scheme;
#[cfg(test)]
mod tests;

pub use hasher::{BcryptHasher, BcryptSettings, BcryptSetupError};
