//! Ids that are the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use time::OffsetDateTime;
use uuid::{Builder, Uuid};
use vestibule_domain::ports::IdGenerator;

/// Makes ids from a counter that starts at one. They are well-formed ids of version 4 and 7. Those of version 7 sort
/// by time, and within a millisecond by the order in which they were made.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl SequentialIds {
    /// The first id has the number one.
    pub fn new() -> Self {
        Self::default()
    }

    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl IdGenerator for SequentialIds {
    fn random(&self) -> Uuid {
        Builder::from_random_bytes(u128::from(self.next()).to_be_bytes()).into_uuid()
    }

    fn time_ordered(&self, at: OffsetDateTime) -> Uuid {
        let millis = u64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
        let mut rest = [0; 10];
        rest[2..].copy_from_slice(&self.next().to_be_bytes());
        Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_comes_twice() {
        let ids = SequentialIds::new();
        let at = OffsetDateTime::UNIX_EPOCH;
        let all = [ids.random(), ids.random(), ids.time_ordered(at), ids.time_ordered(at)];
        assert!((1..all.len()).all(|index| !all[..index].contains(&all[index])), "{all:?}");
    }

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_in_which_they_were_made() {
        let ids = SequentialIds::new();
        let made: Vec<_> = (0..1_000).map(|_| ids.time_ordered(OffsetDateTime::UNIX_EPOCH)).collect();
        assert!(made.is_sorted());
    }
}
