//! What can be wrong with the sending of a message.

use crate::Cause;

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Another try may succeed.
    #[error("the message could not be sent now")]
    Temporary(#[source] Cause),
    /// The way out refuses this server, whatever the message: another try may succeed once somebody has changed the
    /// settings, here or there.
    #[error("this server is refused, whatever the message")]
    Unwelcome(#[source] Cause),
    /// This message will never be sent.
    #[error("the message is refused")]
    Permanent(#[source] Cause),
}
