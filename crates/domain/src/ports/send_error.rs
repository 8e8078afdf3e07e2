//! The ways in which the sending of a message fails.

use crate::Cause;

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Another try may succeed.
    #[error("the message could not be sent now")]
    Temporary(#[source] Cause),
    /// The mail server or gateway refuses this server, whatever the message. Another try may succeed once somebody
    /// has changed the settings on one side.
    #[error("this server is refused, whatever the message")]
    Unwelcome(#[source] Cause),
    /// This message will never be sent.
    #[error("the message is refused")]
    Permanent(#[source] Cause),
}
