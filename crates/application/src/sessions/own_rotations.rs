//! The refresh tokens that this process exchanged.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::sessions::TokenId;

/// How many exchanges are remembered. The oldest is forgotten first.
const MOST: usize = 100_000;

/// Knows which exchanges were timed by this process's clock. Another process's clock may differ, so the leeway is
/// added to the grace of its exchanges. For our own exchanges the grace is exact, as the contract says.
///
/// An exchange that was forgotten, as after a restart, counts as another process's.
pub(super) struct OwnRotations {
    leeway: Duration,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// The time until which each exchange matters, oldest first.
    order: VecDeque<(OffsetDateTime, TokenId)>,
    ids: HashSet<TokenId>,
}

impl OwnRotations {
    /// `leeway` is how far the clocks of processes may differ.
    pub(super) fn new(leeway: Duration) -> Self {
        Self { leeway, made: Mutex::default() }
    }

    /// Remembers that this process exchanged a token, for as long as the leeway could make a difference.
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

    /// The time that is added to the grace of an exchanged token.
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
