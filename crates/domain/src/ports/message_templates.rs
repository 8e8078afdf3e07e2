//! The wording of messages.

use crate::Cause;
use crate::messages::{Language, Message, Notice};

/// A message could not be put into words.
#[derive(Debug, thiserror::Error)]
#[error("the message could not be rendered")]
pub struct TemplateError(#[source] pub Cause);

/// Puts notices into words. Links start with the configured public URL, never with a host that a request named.
pub trait MessageTemplates: Send + Sync {
    /// The message for a notice. `None` for [`Notice::Nobody`].
    fn message(&self, notice: &Notice, language: Language) -> Result<Option<Message>, TemplateError>;
}
