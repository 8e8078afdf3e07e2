//! How long a body is waited for.

use std::time::Duration;

use super::pace::{BodyPace, Slowness};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const PACE: BodyPace = BodyPace { idle: seconds(30), min_rate: 1024, total: seconds(1800) };

/// The patience after bytes that came each after a wait.
fn after(pace: BodyPace, arrivals: impl IntoIterator<Item = (u64, usize)>) -> (Duration, Slowness) {
    let (mut credit, mut waited) = (pace.credit(), Duration::ZERO);
    for (wait, bytes) in arrivals {
        waited += seconds(wait);
        credit = pace.earned(credit, bytes, waited);
    }
    pace.patience(credit, waited)
}

#[test]
fn the_first_bytes_are_waited_for_as_long_as_any() {
    assert_eq!(after(PACE, []).0, seconds(30));
}

#[test]
fn a_body_may_be_behind_by_the_longest_wait() {
    assert_eq!(after(PACE, [(20, 1024)]), (seconds(11), Slowness::BelowFloor));
    assert_eq!(after(PACE, [(20, 1024), (11, 0)]), (seconds(0), Slowness::BelowFloor));
}

#[test]
fn a_body_above_the_floor_is_waited_for_as_long_as_any() {
    assert_eq!(after(PACE, (0..100).map(|_| (1, 4000))).0, seconds(30));
}

#[test]
fn a_fast_beginning_buys_no_more_than_the_longest_wait() {
    let fast = [(0, 5 << 20)];
    assert_eq!(after(PACE, fast).0, seconds(30));
    assert_eq!(after(PACE, fast.into_iter().chain([(29, 1)])), (seconds(1), Slowness::BelowFloor));
}

#[test]
fn without_a_floor_no_rate_is_too_low() {
    let pace = BodyPace { min_rate: 0, ..PACE };
    assert_eq!(after(pace, (0..50).map(|_| (29, 1))), (seconds(30), Slowness::Idle));
}

#[test]
fn no_body_is_waited_for_beyond_the_total() {
    assert_eq!(after(PACE, (0..179).map(|_| (10, 1 << 20))), (seconds(10), Slowness::TooLong));
    assert_eq!(after(PACE, (0..200).map(|_| (10, 1 << 20))), (seconds(0), Slowness::TooLong));
}

#[test]
fn the_largest_upload_may_come_at_four_kilobytes_a_second() {
    let seconds_of_it = 5 * 1024 * 1024 / 4000;
    for sent in 0..seconds_of_it {
        let (left, slowness) = after(PACE, (0..sent).map(|_| (1, 4000)));
        assert!(left > seconds(1), "{sent}: {slowness:?}");
    }
}
