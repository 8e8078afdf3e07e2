//! The windows of one shard.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::ports::{Limit, LimitDecision};

use crate::memory::deadline::Deadline;

/// Of the windows that end soonest, how many are compared when one has to be forgotten.
const CANDIDATES: usize = 8;

#[derive(Default)]
pub(super) struct Windows {
    by_key: HashMap<Arc<str>, Window>,
    by_end: BTreeSet<(Deadline, Arc<str>)>,
}

#[derive(Clone, Copy)]
struct Window {
    events: u32,
    ends: Deadline,
}

impl Windows {
    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(super) fn hit(&mut self, key: &str, limit: Limit, now: Duration, capacity: usize) -> LimitDecision {
        self.drop_ended(now);
        let window = if let Some(window) = self.by_key.get_mut(key) {
            window.events = window.events.saturating_add(1);
            *window
        } else {
            self.make_room(capacity);
            let window = Window { events: 1, ends: Deadline::after(now, limit.window) };
            let key = Arc::<str>::from(key);
            self.by_end.insert((window.ends, Arc::clone(&key)));
            self.by_key.insert(key, window);
            window
        };
        if window.events <= limit.max {
            LimitDecision::Allowed
        } else {
            LimitDecision::Limited { retry_after: window.ends.remaining(now).max(Duration::from_nanos(1)) }
        }
    }

    pub(super) fn give_back(&mut self, key: &str, now: Duration) {
        self.drop_ended(now);
        match self.by_key.get_mut(key) {
            Some(window) if window.events > 1 => window.events -= 1,
            Some(_) => self.forget(key),
            None => {}
        }
    }

    pub(super) fn forget(&mut self, key: &str) {
        if let Some((key, window)) = self.by_key.remove_entry(key) {
            self.by_end.remove(&(window.ends, key));
        }
    }

    /// Drops the windows that have ended, so that keys which do not come again take no memory.
    fn drop_ended(&mut self, now: Duration) {
        while self.by_end.first().is_some_and(|(ends, _)| ends.has_passed(now)) {
            if let Some((_, key)) = self.by_end.pop_first() {
                self.by_key.remove(&key);
            }
        }
    }

    /// Forgets a window if there are too many: among those that end soonest, the one with the fewest events. So a
    /// flood of new keys pushes out its own windows and not that of an account under attack.
    fn make_room(&mut self, capacity: usize) {
        if self.by_key.len() < capacity {
            return;
        }
        let events = |key: &Arc<str>| self.by_key.get(key).map_or(0, |window| window.events);
        let soonest = self.by_end.iter().take(CANDIDATES);
        if let Some(forgotten) = soonest.min_by_key(|(_, key)| events(key)).cloned() {
            self.by_end.remove(&forgotten);
            self.by_key.remove(&forgotten.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONCE: Limit = Limit::per_minute(1);
    const START: Duration = Duration::ZERO;

    #[test]
    fn a_flood_of_keys_does_not_grow_it() {
        let mut windows = Windows::default();
        for number in 0..1_000 {
            windows.hit(&number.to_string(), ONCE, START, 100);
        }
        assert_eq!((windows.len(), windows.by_end.len()), (100, 100));
    }

    #[test]
    fn a_flood_of_keys_does_not_open_a_limit_that_is_used_up() {
        let mut windows = Windows::default();
        windows.hit("account", ONCE, START, 100);
        windows.hit("account", ONCE, START, 100);
        for number in 0..1_000 {
            windows.hit(&number.to_string(), ONCE, START, 100);
        }
        assert_ne!(windows.hit("account", ONCE, START, 100), LimitDecision::Allowed);
    }

    #[test]
    fn windows_that_are_over_take_no_room() {
        let mut windows = Windows::default();
        for number in 0..10 {
            windows.hit(&number.to_string(), ONCE, START, 100);
        }
        windows.hit("later", ONCE, START + ONCE.window, 100);
        assert_eq!((windows.len(), windows.by_end.len()), (1, 1));
    }
}
