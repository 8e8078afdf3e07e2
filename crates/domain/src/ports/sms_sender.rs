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
    /// If it stays unknown whether a try succeeded, another try follows with the same id. The SMS SHOULD carry the
    /// id, so that the gateway can tell that both are the same message.
    async fn send(&self, id: MessageId, sms: &Sms) -> Result<(), SendError>;
}
