//! What waits in the outbox.

use std::sync::Arc;

use vestibule_domain::messages::{Notice, Queue, QueuePlace, QueuedMessage};
use vestibule_domain::page::Part;
use vestibule_domain::ports::Sealer;
use vestibule_domain::store::Store;

use super::seal_content;
use crate::Deps;
use crate::accounts::Administrator;
use crate::error::use_case_error;

/// Answers messages of the outbox and to whom they go, for an [`Administrator`]. What is in them stays sealed: who reads a
/// reset could use it.
pub struct ListMessages {
    store: Arc<dyn Store>,
    sealer: Arc<dyn Sealer>,
}

/// Which messages.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ListMessagesInput {
    pub administrator: Administrator,
    pub queue: Queue,
    /// `None` begins with the first message of the queue.
    pub after: Option<QueuePlace>,
    pub limit: u64,
}

/// A message, and what may be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedMessage {
    /// The message.
    pub queued: QueuedMessage,
    /// The kind of notice; `None` where the seal is of another secret, or the notice of a newer release.
    pub kind: Option<&'static str>,
    /// The address or number. `None` where that is not known, or where the message goes to nobody.
    pub recipient: Option<String>,
}

use_case_error! {
    /// Why there is no list.
    pub enum ListMessagesError {}
}

impl ListMessages {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), sealer: deps.sealer.clone() }
    }

    /// Lists.
    pub async fn execute(
        &self,
        input: ListMessagesInput,
    ) -> Result<Part<ListedMessage, QueuePlace>, ListMessagesError> {
        let ListMessagesInput { administrator: _, queue, after, limit } = input;
        let found = self.store.repositories().outbox().list(queue, after, limit).await?;
        let items = found.items.into_iter().map(|queued| self.told(queued)).collect();
        Ok(Part { items, next: found.next })
    }

    fn told(&self, queued: QueuedMessage) -> ListedMessage {
        let plain = self.sealer.open(&queued.message.sealed_notice).ok();
        let notice = plain.and_then(|plain| seal_content::read(&plain).ok()).map(|(notice, _)| notice);
        let kind = notice.as_ref().map(Notice::name);
        let recipient = notice.as_ref().and_then(Notice::recipient).map(str::to_owned);
        ListedMessage { queued, kind, recipient }
    }
}
