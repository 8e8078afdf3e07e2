#![doc = include_str!("../README.md")]

mod absent_limiter;
mod clock;
mod plain_codes;
mod plain_pictures;
mod plain_sealer;
mod plain_signer;
mod race;
pub mod use_cases;

pub use absent_limiter::AbsentLimiter;
pub use clock::FixedClock;
pub use plain_codes::PlainCodes;
pub use plain_pictures::{PICTURE, PlainPictures};
pub use plain_sealer::PlainSealer;
pub use plain_signer::PlainSigner;
pub use race::at_once;
pub use use_cases::UseCases;
