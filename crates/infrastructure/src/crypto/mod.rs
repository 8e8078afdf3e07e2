//! Cryptography: passwords, signed tokens, secrets at rest.

mod bcrypt;
mod jwt;
mod sealer;

pub use bcrypt::{BcryptHasher, BcryptSettings, BcryptSetupError};
pub use jwt::{JwtAlgorithm, JwtSettings, JwtSigner, UnknownJwtAlgorithm};
pub use sealer::AeadSealer;
