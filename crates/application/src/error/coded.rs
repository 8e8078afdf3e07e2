//! Errors with a code.

use std::time::Duration;

use super::{Code, ErrorKind};

/// An error that a surface can answer.
pub trait CodedError: std::error::Error + Send + Sync + 'static {
    /// The code, which decides the text of the answer.
    fn code(&self) -> Code;

    /// The kind of the code.
    fn kind(&self) -> ErrorKind {
        self.code().kind()
    }

    /// When another try may succeed. `None` if the error is not about time.
    fn retry_after(&self) -> Option<Duration> {
        None
    }

    /// Values of the caller's own input, which the text of a surface may repeat.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
