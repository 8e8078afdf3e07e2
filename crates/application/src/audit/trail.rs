//! Writing the trail.

use std::sync::Arc;

use uuid::Uuid;
use vestibule_domain::audit::{AuditEvent, AuditEventId};
use vestibule_domain::ports::{Clock, IdGenerator};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Repositories, StoreError};

use super::{Entry, Origin};
use crate::Deps;
use crate::policy::client_bucket;

/// What is counted has a row of its own in each of these, in seconds.
const WINDOW: i64 = 60;

/// So many rows a window has for what concerns no account: one alone would have everybody wait for its lock, by which
/// time would tell addresses without an account from others.
const ROWS_OF_NOBODY: u128 = 16;

/// Writes what was done, in the unit of work that does it: either both are kept, or neither.
#[derive(Clone)]
pub(crate) struct AuditTrail {
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
}

impl AuditTrail {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { clock: deps.clock.clone(), ids: deps.ids.clone() }
    }

    /// Writes an event.
    pub(crate) async fn record(&self, unit: &mut dyn Repositories, entry: &Entry) -> Result<(), StoreError> {
        let mut event = self.event(entry);
        event.id = AuditEventId(self.ids.time_ordered(event.at));
        unit.audit().append(&event).await
    }

    /// Counts an event that anybody can cause as often as he likes: an account has one row for each action, actor and
    /// minute, whichever node counts. Costs the same for an account and for none.
    pub(crate) async fn count(&self, unit: &mut dyn Repositories, entry: &Entry) -> Result<(), StoreError> {
        let mut event = self.event(entry);
        let whose = match entry.account {
            Some(account) => account.0.to_string(),
            // No account's: imported accounts may have any UUID.
            None => format!("nobody {}", self.ids.random().as_u128() % ROWS_OF_NOBODY),
        };
        let who = entry.actor.account().map_or(Uuid::nil(), |actor| actor.0);
        let window = event.at.unix_timestamp().div_euclid(WINDOW);
        // The same on every node.
        let [id, _] = SecretDigest::of(&format!("{}:{whose}:{who}:{window}", entry.action)).halves();
        event.id = AuditEventId(Uuid::from_u128(id));
        unit.audit().count(&event).await
    }

    /// The event, less its id.
    fn event(&self, entry: &Entry) -> AuditEvent {
        let origin = Origin::current();
        let details = (!entry.details.is_empty()).then(|| serde_json::Value::from(entry.details.clone()));
        AuditEvent {
            id: AuditEventId(Uuid::nil()),
            at: self.clock.now(),
            actor: entry.actor,
            account: entry.account,
            action: entry.action.into(),
            surface: origin.surface.to_owned(),
            client: origin.client_address.map(client_bucket),
            request: origin.request,
            details: details.map(|details| details.to_string()),
            times: entry.times,
        }
    }
}
