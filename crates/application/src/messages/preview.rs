//! Showing what messages look like.

use std::sync::Arc;

use vestibule_domain::messages::{Language, Message};
use vestibule_domain::ports::{Clock, MessageTemplates};

use super::SampleMessage;
use crate::accounts::Administrator;
use crate::error::use_case_error;
use crate::{Deps, Failure};

/// Puts invented notices into words as those of people are, for an [`Administrator`]. Nothing is sent, and nothing in
/// them opens anything.
pub struct PreviewMessage {
    clock: Arc<dyn Clock>,
    templates: Arc<dyn MessageTemplates>,
}

use_case_error! {
    /// Why there is nothing to show.
    pub enum PreviewMessageError {}
}

impl PreviewMessage {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { clock: deps.clock.clone(), templates: deps.templates.clone() }
    }

    /// The message of a kind in a language.
    pub fn execute(
        &self,
        _administrator: Administrator,
        sample: SampleMessage,
        language: Language,
    ) -> Result<Message, PreviewMessageError> {
        let message = self.templates.message(&sample.notice(self.clock.now()), language);
        let message = message.map_err(|error| Failure::Internal(error.into()))?;
        Ok(message.ok_or_else(|| Failure::Internal("a sample goes to nobody".into()))?)
    }
}
