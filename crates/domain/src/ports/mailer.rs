//! Mail.

use async_trait::async_trait;

use super::SendError;
use crate::messages::{Mail, MessageId};

/// Sends mail.
///
/// MUST NOT let a line break in a field add a header.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over for delivery.
    ///
    /// If it stays unknown whether a try succeeded, another try follows with the same id. The mail SHOULD carry the
    /// id, so that a recipient of both can tell that they are the same message.
    async fn send(&self, id: MessageId, mail: &Mail) -> Result<(), SendError>;

    /// Checks that the mail server can be reached and accepts this server, and learns what the mail server supports.
    /// Sends nothing.
    async fn look(&self) -> Result<(), SendError>;

    /// Whether the mail server takes addresses with letters outside ASCII before the @ (RFC 6531). `None` as long as
    /// this is unknown.
    ///
    /// MUST answer at once. `Some(false)` MUST mean that [`Mailer::send`] refuses such a mail for good.
    fn takes_international(&self) -> Option<bool>;
}
