//! The words of messages.

use crate::Cause;
use crate::messages::{Language, Message, Notice};

/// A message could not be put into words.
#[derive(Debug, thiserror::Error)]
#[error("the message could not be rendered")]
pub struct TemplateError(#[source] pub Cause);

/// Puts notices into words. Links are built from the configured public address alone, never from a
/// request.
pub trait MessageTemplates: Send + Sync {
    /// The message for a notice; `None` for a notice that is for nobody.
    fn message(&self, notice: &Notice, language: Language) -> Result<Option<Message>, TemplateError>;
}
