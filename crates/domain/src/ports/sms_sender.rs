//! SMS.

use async_trait::async_trait;

use super::SendError;
use crate::messages::{MessageId, Sms};

/// Sends SMS.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait SmsSender: Send + Sync {
    /// Hands an SMS over for delivery.
    ///
    /// A try whose success stays unknown is followed by another with the same id. What is handed over
    /// SHOULD carry the id, so that who gets both can tell.
    async fn send(&self, id: MessageId, sms: &Sms) -> Result<(), SendError>;
}
