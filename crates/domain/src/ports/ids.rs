//! Ids.

use time::OffsetDateTime;
use uuid::Uuid;

/// Makes ids that nobody made before.
pub trait IdGenerator: Send + Sync {
    /// An id that tells nothing (RFC 9562 version 4).
    fn random(&self) -> Uuid;

    /// An id that sorts by time of creation (RFC 9562 version 7).
    fn time_ordered(&self, at: OffsetDateTime) -> Uuid;
}
