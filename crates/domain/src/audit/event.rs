//! One entry of the trail.

use time::OffsetDateTime;
use uuid::Uuid;

use super::{AuditActor, RecordedAction};
use crate::accounts::AccountUuid;

/// The id of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuditEventId(pub Uuid);

/// Something that was done to an account. It names nobody: accounts are opaque ids, which stay when the account is
/// removed, and lead to no person from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its id.
    pub id: AuditEventId,
    /// When; of a counted one the first time.
    pub at: OffsetDateTime,
    /// Who did it.
    pub actor: AuditActor,
    /// To which account; `None` where it concerns none, or no one in particular.
    pub account: Option<AccountUuid>,
    /// What.
    pub action: RecordedAction,
    /// The surface through which it came, at most 32 characters; `command` or `worker` where there is none.
    pub surface: String,
    /// The network of the client, as limits count it, at most 45 characters; of a counted one the first.
    pub client: Option<String>,
    /// The request, by whose id its log lines are found; of a counted one the first.
    pub request: Option<Uuid>,
    /// More about it: a JSON object, at most 1,024 characters. It MUST hold no secret and nothing that a person
    /// typed.
    pub details: Option<String>,
    /// How often; 1 but for what is counted.
    pub times: u64,
}
