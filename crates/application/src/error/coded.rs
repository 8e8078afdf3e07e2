//! Errors with a code.

use std::time::Duration;

use super::{Code, ErrorKind};

/// An error that a surface can answer.
pub trait CodedError: std::error::Error + Send + Sync + 'static {
    /// What it is called: decides its text.
    fn code(&self) -> Code;

    /// What kind of error it is.
    fn kind(&self) -> ErrorKind {
        self.code().kind()
    }

    /// When another try may succeed, if it was too often or not possible now.
    fn retry_after(&self) -> Option<Duration> {
        None
    }

    /// Values of the caller's own input that the text of a surface may name.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
