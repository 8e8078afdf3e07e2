//! Ids.

use time::OffsetDateTime;
use uuid::{NoContext, Timestamp, Uuid};
use vestibule_domain::ports::IdGenerator;

/// Ids that are random by a cryptographic generator of each thread, which the operating system seeds. They are no secrets:
/// those come from [`SystemRandom`](super::SystemRandom).
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdGenerator for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the IdGenerator port's own source")]
    fn random(&self) -> Uuid {
        Uuid::new_v4()
    }

    /// The milliseconds of the time (RFC 9562 §5.7), and random bits. A time before 1970 counts as 1970.
    fn time_ordered(&self, at: OffsetDateTime) -> Uuid {
        let seconds = u64::try_from(at.unix_timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.nanosecond()))
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_random_id_is_of_version_4_and_new() {
        let id = SystemIds.random();
        assert_eq!(id.get_version_num(), 4);
        assert_ne!(id, SystemIds.random());
    }

    #[test]
    fn a_time_ordered_id_carries_the_time_it_was_given() {
        let at = datetime!(2026-11-20 11:32:01.789 UTC);
        let id = SystemIds.time_ordered(at);
        assert_eq!(id.get_version_num(), 7);
        let (seconds, nanoseconds) = id.get_timestamp().expect("version 7 has a time").to_unix();
        assert_eq!((i64::try_from(seconds), nanoseconds), (Ok(at.unix_timestamp()), 789_000_000));
    }

    #[test]
    fn time_ordered_ids_sort_by_time() {
        let at = datetime!(2026-11-20 11:32:01.789 UTC);
        let earlier = SystemIds.time_ordered(at);
        assert!(earlier < SystemIds.time_ordered(at + Duration::MILLISECOND));
        assert_ne!(earlier, SystemIds.time_ordered(at));
    }

    #[test]
    fn a_time_before_1970_is_no_reason_to_fail() {
        assert_eq!(SystemIds.time_ordered(datetime!(1969-07-20 20:17 UTC)).get_version_num(), 7);
    }
}
