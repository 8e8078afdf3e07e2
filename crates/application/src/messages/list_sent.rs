//! What was sent.

use std::sync::Arc;

use vestibule_domain::messages::{QueuePlace, SentMessage};
use vestibule_domain::page::Part;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;

/// Answers which messages were sent, to whom and when, the latest first, for an [`Administrator`]. What was in them is
/// nowhere.
pub struct ListSentMessages {
    store: Arc<dyn Store>,
}

/// Which messages.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ListSentMessagesInput {
    pub administrator: Administrator,
    /// `None` begins with the message that was sent last.
    pub after: Option<QueuePlace>,
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum ListSentMessagesError {}
}

impl ListSentMessages {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists.
    pub async fn execute(
        &self,
        input: ListSentMessagesInput,
    ) -> Result<Part<SentMessage, QueuePlace>, ListSentMessagesError> {
        let ListSentMessagesInput { administrator: _, after, limit } = input;
        Ok(self.store.repositories().sent_messages().list(after, limit).await?)
    }
}
