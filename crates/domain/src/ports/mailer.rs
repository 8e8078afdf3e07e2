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
    /// A try whose success stays unknown is followed by another with the same id. What is handed over
    /// SHOULD carry the id, so that who gets both can tell.
    async fn send(&self, id: MessageId, mail: &Mail) -> Result<(), SendError>;

    /// Looks whether the way out is there and lets this server in, and learns what it can do. Sends nothing.
    async fn look(&self) -> Result<(), SendError>;

    /// Whether mail can be sent to addresses with letters outside ASCII before the @ (RFC 6531), as far as it was
    /// learned; `None` as long as it is unknown.
    ///
    /// MUST answer at once. `Some(false)` MUST mean that [`Mailer::send`] refuses such a mail for good.
    fn takes_international(&self) -> Option<bool>;
}
