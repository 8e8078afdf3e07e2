//! Cryptography: passwords, signed tokens, secrets at rest.

mod bcrypt;
mod code_hasher;
mod jwt;
mod sealer;

pub use bcrypt::{BcryptHasher, BcryptSettings, BcryptSetupError};
pub use code_hasher::{CodeHasherSetupError, HmacCodeHasher};
pub use jwt::{JwtAlgorithm, JwtSettings, JwtSigner, UnknownJwtAlgorithm};
pub use sealer::AeadSealer;
