//! Ids.

use time::OffsetDateTime;
use uuid::Uuid;

/// Makes ids that are unique everywhere.
pub trait IdGenerator: Send + Sync {
    /// A random id, which tells nothing (RFC 9562 version 4).
    fn random(&self) -> Uuid;

    /// An id that sorts by time of creation (RFC 9562 version 7).
    fn time_ordered(&self, at: OffsetDateTime) -> Uuid;
}
