//! What can be wrong with the sending of a message.

use crate::Cause;

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Another try may succeed.
    #[error("the message could not be sent now")]
    Temporary(#[source] Cause),
    /// This message will never be sent.
    #[error("the message is refused")]
    Permanent(#[source] Cause),
}
