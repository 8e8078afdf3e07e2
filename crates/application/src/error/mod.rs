//! The error codes, and what the errors of all use cases share.

mod code;
mod coded;
pub mod codes;
mod failure;
mod use_case_error;

pub use code::{Code, ErrorKind};
pub use coded::CodedError;
pub use failure::Failure;
pub(crate) use use_case_error::use_case_error;
