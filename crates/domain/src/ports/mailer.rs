//! Mail.

use async_trait::async_trait;

use crate::Cause;
use crate::messages::Mail;

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Another try may succeed.
    #[error("the mail could not be sent now")]
    Temporary(#[source] Cause),
    /// This mail will never be sent.
    #[error("the mail is refused")]
    Permanent(#[source] Cause),
}

/// Sends mail.
///
/// MUST NOT let a line break in a field add a header.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over for delivery.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}
