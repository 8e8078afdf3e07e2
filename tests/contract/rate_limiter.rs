//! The contract of `RateLimiter`.

use std::time::Duration;

use vestibule_domain::ports::{Limit, LimitDecision};
use vestibule_tests::backends::rate_limiter::TimedLimiter;
use vestibule_tests::{at_once, contract};

contract!(rate_limiter on [memory, redis, redis_cluster, fallback, fallback_alone]: [
    events_within_the_limit_are_allowed,
    events_over_the_limit_are_not,
    the_wait_is_the_rest_of_the_window,
    the_window_begins_with_the_first_event,
    limited_events_do_not_prolong_the_window,
    the_wait_is_never_zero,
    the_limit_is_fresh_when_the_window_is_over,
    a_window_begins_with_the_first_event_after_the_last_one_ended,
    keys_are_limited_apart,
    windows_of_different_lengths_are_kept_apart,
    a_limit_of_zero_allows_nothing,
    of_many_events_at_once_exactly_the_limit_is_allowed,
    what_is_forgotten_is_fresh_and_nothing_else_is,
    a_forgotten_window_ends_no_later_one,
    an_event_that_is_given_back_makes_room_for_another,
    what_is_given_back_changes_no_window_but_an_empty_one,
    what_was_never_counted_cannot_be_given_back,
    a_clock_that_was_ahead_locks_nobody_out_for_longer,
    a_clock_that_is_set_ahead_opens_no_limit,
]);

/// Three times a minute.
const LIMIT: Limit = Limit::per_minute(3);

async fn hit(at: &TimedLimiter, key: &str) -> LimitDecision {
    at.limiter.hit(key, LIMIT).await.unwrap()
}

/// Uses the limit up.
async fn exhaust(at: &TimedLimiter, key: &str) {
    for _ in 0..LIMIT.max {
        hit(at, key).await;
    }
}

/// Fails unless the answer is no, with this wait: exactly, or where time does not stand still about this.
#[track_caller]
fn assert_limited(at: &TimedLimiter, answer: LimitDecision, wait: Duration) {
    let LimitDecision::Limited { retry_after } = answer else { panic!("it is allowed") };
    let least = wait.saturating_sub(at.time.slack());
    assert!((least..=wait).contains(&retry_after), "{retry_after:?} in place of {wait:?}");
}

async fn what_is_forgotten_is_fresh_and_nothing_else_is(at: TimedLimiter) {
    exhaust(&at, "key").await;
    exhaust(&at, "other").await;
    at.limiter.forget("key").await.unwrap();
    at.limiter.forget("unknown").await.unwrap();
    for _ in 0..LIMIT.max {
        assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
    }
    assert_limited(&at, hit(&at, "other").await, LIMIT.window);
}

async fn a_forgotten_window_ends_no_later_one(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.advance(LIMIT.window / 2);
    at.limiter.forget("key").await.unwrap();
    exhaust(&at, "key").await;
    at.time.advance(LIMIT.window / 2);
    assert_limited(&at, hit(&at, "key").await, LIMIT.window / 2);
}

async fn an_event_that_is_given_back_makes_room_for_another(at: TimedLimiter) {
    exhaust(&at, "key").await;
    exhaust(&at, "other").await;
    at.limiter.give_back("key").await.unwrap();
    assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
    assert_limited(&at, hit(&at, "other").await, LIMIT.window);
}

async fn what_is_given_back_changes_no_window_but_an_empty_one(at: TimedLimiter) {
    hit(&at, "some").await;
    hit(&at, "some").await;
    hit(&at, "only").await;
    at.time.advance(LIMIT.window / 2);
    for key in ["some", "only"] {
        at.limiter.give_back(key).await.unwrap();
        exhaust(&at, key).await;
    }
    assert_limited(&at, hit(&at, "some").await, LIMIT.window / 2);
    assert_limited(&at, hit(&at, "only").await, LIMIT.window);
}

async fn what_was_never_counted_cannot_be_given_back(at: TimedLimiter) {
    at.limiter.give_back("key").await.unwrap();
    exhaust(&at, "key").await;
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
    at.time.advance(LIMIT.window);
    at.limiter.give_back("key").await.unwrap();
    exhaust(&at, "key").await;
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
}

async fn events_within_the_limit_are_allowed(at: TimedLimiter) {
    for _ in 0..LIMIT.max {
        assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
    }
}

async fn events_over_the_limit_are_not(at: TimedLimiter) {
    exhaust(&at, "key").await;
    for _ in 0..5 {
        assert_ne!(hit(&at, "key").await, LimitDecision::Allowed);
    }
}

async fn the_wait_is_the_rest_of_the_window(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.advance(Duration::from_secs(20));
    assert_limited(&at, hit(&at, "key").await, Duration::from_secs(40));
}

async fn the_window_begins_with_the_first_event(at: TimedLimiter) {
    for _ in 0..LIMIT.max {
        hit(&at, "key").await;
        at.time.advance(Duration::from_secs(10));
    }
    assert_limited(&at, hit(&at, "key").await, Duration::from_secs(30));
}

async fn limited_events_do_not_prolong_the_window(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.advance(LIMIT.window - at.time.moment());
    hit(&at, "key").await;
    at.time.advance(at.time.moment());
    assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
}

async fn the_wait_is_never_zero(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.advance(LIMIT.window - at.time.moment());
    let LimitDecision::Limited { retry_after } = hit(&at, "key").await else { panic!("the limit is gone") };
    assert!(!retry_after.is_zero());
}

async fn the_limit_is_fresh_when_the_window_is_over(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.advance(LIMIT.window);
    for _ in 0..LIMIT.max {
        assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
    }
    assert_ne!(hit(&at, "key").await, LimitDecision::Allowed);
}

async fn a_window_begins_with_the_first_event_after_the_last_one_ended(at: TimedLimiter) {
    hit(&at, "key").await;
    at.time.advance(LIMIT.window + Duration::from_secs(25));
    exhaust(&at, "key").await;
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
}

async fn keys_are_limited_apart(at: TimedLimiter) {
    exhaust(&at, "key").await;
    assert_eq!(hit(&at, "Key").await, LimitDecision::Allowed);
}

async fn windows_of_different_lengths_are_kept_apart(at: TimedLimiter) {
    let hour = Limit { max: 1, window: Duration::from_hours(1) };
    at.limiter.hit("long", hour).await.unwrap();
    exhaust(&at, "short").await;
    at.time.advance(LIMIT.window);
    assert_eq!(hit(&at, "short").await, LimitDecision::Allowed);
    assert_limited(&at, at.limiter.hit("long", hour).await.unwrap(), hour.window - LIMIT.window);
}

async fn a_limit_of_zero_allows_nothing(at: TimedLimiter) {
    let nothing = Limit::per_minute(0);
    assert_limited(&at, at.limiter.hit("key", nothing).await.unwrap(), nothing.window);
}

async fn of_many_events_at_once_exactly_the_limit_is_allowed(at: TimedLimiter) {
    let limit = Limit::per_minute(37);
    let answers = at_once(100, |_| {
        let at = at.clone();
        async move { at.limiter.hit("key", limit).await.unwrap() }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|answer| *answer == LimitDecision::Allowed).count(), 37);
}

async fn a_clock_that_was_ahead_locks_nobody_out_for_longer(at: TimedLimiter) {
    at.time.set_clock(1);
    exhaust(&at, "key").await;
    at.time.set_clock(-1);
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
    at.time.advance(LIMIT.window);
    assert_eq!(hit(&at, "key").await, LimitDecision::Allowed);
}

async fn a_clock_that_is_set_ahead_opens_no_limit(at: TimedLimiter) {
    exhaust(&at, "key").await;
    at.time.set_clock(1);
    assert_limited(&at, hit(&at, "key").await, LIMIT.window);
}
