//! Password hashing with bcrypt, on threads of its own.

mod hasher;
mod pool;
mod scheme;

pub use hasher::{BcryptHasher, BcryptSettings, BcryptSetupError};
