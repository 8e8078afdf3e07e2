//! The error of callers who lack a permission.

use crate::{Code, CodedError};

/// The caller lacks a permission. Every proof of a permission, such as [`Editor`](crate::catalogue::Editor) and
/// [`Administrator`](crate::accounts::Administrator), is refused with this error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the one who asks may not: {}", .0.name())]
pub struct Forbidden(pub(crate) Code);

impl CodedError for Forbidden {
    fn code(&self) -> Code {
        self.0
    }
}
