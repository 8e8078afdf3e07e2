//! Which refresh tokens this process exchanged.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::sessions::TokenId;

/// More are not remembered; the oldest is forgotten first.
const MOST: usize = 100_000;

/// Tells the exchanges that were timed by this process's clock from those that another one timed: only for
/// the latter clocks can be apart, and the grace is to be as long as the contract says for the former.
///
/// One that is forgotten, as after a restart, counts as another's.
pub(super) struct OwnRotations {
    leeway: Duration,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// Until when each one matters.
    order: VecDeque<(OffsetDateTime, TokenId)>,
    ids: HashSet<TokenId>,
}

impl OwnRotations {
    /// `leeway` is how far clocks may be apart.
    pub(super) fn new(leeway: Duration) -> Self {
        Self { leeway, made: Mutex::default() }
    }

    /// Remembers that this process exchanged a token, until no leeway would make a difference.
    pub(super) fn add(&self, id: TokenId, now: OffsetDateTime, grace: Duration) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        while made.order.front().is_some_and(|(until, _)| *until <= now) || made.order.len() >= MOST {
            let Some((_, old)) = made.order.pop_front() else { break };
            made.ids.remove(&old);
        }
        if made.ids.insert(id) {
            made.order.push_back((now + grace + self.leeway, id));
        }
    }

    /// What is to be added to the grace of a token that was exchanged.
    pub(super) fn leeway_for(&self, id: TokenId) -> Duration {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.ids.contains(&id) { Duration::ZERO } else { self.leeway }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use uuid::Uuid;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:12:01 UTC);
    const GRACE: Duration = Duration::from_secs(10);
    const LEEWAY: Duration = Duration::from_mins(1);

    fn id(number: u128) -> TokenId {
        TokenId(Uuid::from_u128(number))
    }

    #[test]
    fn only_the_exchanges_of_others_have_leeway() {
        let own = OwnRotations::new(LEEWAY);
        own.add(id(1), NOW, GRACE);
        assert_eq!([own.leeway_for(id(1)), own.leeway_for(id(2))], [Duration::ZERO, LEEWAY]);
    }

    #[test]
    fn one_is_forgotten_when_leeway_would_make_no_difference() {
        let own = OwnRotations::new(LEEWAY);
        own.add(id(1), NOW, GRACE);
        own.add(id(2), NOW + GRACE + LEEWAY - Duration::from_millis(1), GRACE);
        assert_eq!(own.leeway_for(id(1)), Duration::ZERO);
        own.add(id(3), NOW + GRACE + LEEWAY, GRACE);
        assert_eq!([own.leeway_for(id(1)), own.leeway_for(id(2))], [LEEWAY, Duration::ZERO]);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_make_it_grow_for_ever() {
        let own = OwnRotations::new(LEEWAY);
        for number in 0..=MOST as u128 {
            own.add(id(number), NOW, GRACE);
        }
        assert_eq!([own.leeway_for(id(0)), own.leeway_for(id(1))], [LEEWAY, Duration::ZERO]);
    }
}
