//! Codes that prove an address or a number.

mod codes;
mod send_code;
mod verify_code;

pub(crate) use codes::{Codes, Draft};
pub use send_code::{SendCode, SendCodeError, SendCodeInput, SentCode};
pub use verify_code::{VerifyCode, VerifyCodeError, VerifyCodeInput};
