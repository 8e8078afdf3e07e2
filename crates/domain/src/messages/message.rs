//! A message that is ready to be sent.

use super::{Mail, Sms};

/// A notice after a template has put it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Message {
    Mail(Mail),
    Sms(Sms),
}
