//! Cryptography: passwords, signed tokens, secrets at rest.

#[cfg(feature = "passwords")]
mod bcrypt;
#[cfg(feature = "crypto")]
mod code_hasher;
#[cfg(feature = "crypto")]
mod jwt;
#[cfg(feature = "crypto")]
mod sealer;

#[cfg(feature = "passwords")]
pub use bcrypt::{BcryptHasher, BcryptSettings, BcryptSetupError};
#[cfg(feature = "crypto")]
pub use code_hasher::{CodeHasherSetupError, HmacCodeHasher};
#[cfg(feature = "crypto")]
pub use jwt::{JwtAlgorithm, JwtSettings, JwtSigner, UnknownJwtAlgorithm};
#[cfg(feature = "crypto")]
pub use sealer::AeadSealer;
#[cfg(feature = "passwords")]
pub use vestibule_hashes::ImportKeys;
