//! Messages that were sent.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::messages::{QueuePlace, SentMessage, SentMessageRepository};
use vestibule_domain::page::Part;
use vestibule_domain::store::StoreError;

use super::rows::sent_messages::{all, sent_until, to};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    /// Removes what was sent to the addresses of an account, `limit` messages at the most, and answers how many.
    pub(super) fn forget_sent_to(&mut self, account: AccountId, limit: u64) -> u64 {
        let Some(account) = self.accounts.get(account) else {
            return 0;
        };
        let email = account.details.email.as_ref().map(|email| email.as_str().to_owned());
        let mobile = account.details.mobile.as_ref().map(|mobile| mobile.as_str().to_owned());
        let mut removed = 0;
        for address in [email, mobile].into_iter().flatten() {
            let gone = self.sent_messages.remove_range(to(&address), limit - removed, |_| true);
            removed += gone.len() as u64;
        }
        removed
    }
}

#[async_trait]
impl<A: Access> SentMessageRepository for MemoryScope<A> {
    async fn list(
        &mut self,
        after: Option<QueuePlace>,
        limit: u64,
    ) -> Result<Part<SentMessage, QueuePlace>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let is_past =
            |sent: &SentMessage| after.is_none_or(|after| (sent.sent_at, sent.id.0) < (after.at, after.id.0));
        self.0.read(|tables| {
            let newest_first = tables.sent_messages.range(all()).rev().map(|row| &row.0);
            let mut items: Vec<_> =
                newest_first.filter(|sent| is_past(sent)).take(limit.saturating_add(1)).cloned().collect();
            let has_next = items.len() > limit;
            items.truncate(limit);
            let next = items.last().filter(|_| has_next).map(QueuePlace::from);
            Part { items, next }
        })
    }

    async fn purge(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        self.0
            .write(|tables| {
                Ok(tables.sent_messages.remove_range(sent_until(until), limit, |_| true).len() as u64)
            })
            .await
    }
}
