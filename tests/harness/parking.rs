//! Messages that were given up.

use std::time::Duration;

use uuid::Uuid;
use vestibule_domain::messages::{InstanceId, Language, Lease, MessageId, Notice, OutboxMessage};

use crate::TestApp;

impl TestApp {
    /// Puts a message into the outbox which the mail server has refused for this reason, and answers its id.
    ///
    /// What waits by then is claimed for two hours.
    pub async fn park(&self, notice: &Notice, reason: &str) -> Uuid {
        let (now, id) = (self.deps.clock.now(), self.deps.ids.random());
        let message = OutboxMessage {
            id: MessageId(id),
            sealed_notice: self.deps.sealer.seal(&serde_json::to_vec(notice).unwrap()).unwrap(),
            channel: notice.channel(),
            language: Language::En,
            created_at: now,
            // No worker is quicker than this.
            available_at: now + Duration::from_hours(1),
            attempts: 0,
        };
        let (lease, holder) = (Lease(Uuid::max()), InstanceId(Uuid::max()));
        let later = now + Duration::from_hours(2);
        let mut repositories = self.deps.store.repositories();
        let outbox = repositories.outbox();
        outbox.enqueue(&message).await.unwrap();
        outbox.claim(lease, holder, later, later, 100).await.unwrap();
        assert!(outbox.park(message.id, lease, now, reason).await.unwrap());
        id
    }
}
