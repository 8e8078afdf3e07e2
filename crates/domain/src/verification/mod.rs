//! Verification codes: short codes that prove that an address or a number is somebody's.

mod code;
mod repository;
mod shape;

pub use code::{CodeKey, CodePurpose, VerificationCode};
pub use repository::VerificationCodeRepository;
pub use shape::{CodeAlphabet, CodeShape, InvalidCodeLength};
