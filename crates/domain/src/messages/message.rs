//! A message in words.

use super::{Mail, Sms};

/// What a notice becomes when it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A mail.
    Mail(Mail),
    /// An SMS.
    Sms(Sms),
}
