//! Who asks may not.

use crate::{Code, CodedError};

/// Why there is no proof that the one who asks may do a thing: the answer of every proof, such as
/// [`Editor`](crate::catalogue::Editor) and [`Administrator`](crate::accounts::Administrator).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the one who asks may not: {}", .0.name())]
pub struct Forbidden(pub(crate) Code);

impl CodedError for Forbidden {
    fn code(&self) -> Code {
        self.0
    }
}
