//! SMS, handed to a gateway over HTTP.

mod signature;
mod webhook;

pub use signature::signature;
pub use webhook::{SmsWebhook, SmsWebhookError, SmsWebhookSettings};
