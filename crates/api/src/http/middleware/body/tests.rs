//! How long a body is waited for.

use std::time::Duration;

use super::pace::{BodyPace, Slowness};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const PACE: BodyPace = BodyPace { idle: seconds(30), min_rate: 1024, total: seconds(1800) };

#[test]
fn the_first_bytes_are_waited_for_as_long_as_any() {
    assert_eq!(PACE.patience(0, seconds(0)), (seconds(30), Slowness::Idle));
}

#[test]
fn the_rate_is_not_judged_before_the_first_grace_is_over() {
    // However few bytes there are, the waits may come to as much as the longest one.
    assert_eq!(PACE.patience(1, seconds(20)), (seconds(10), Slowness::BelowFloor));
    assert_eq!(PACE.patience(1, seconds(30)), (seconds(0), Slowness::BelowFloor));
}

#[test]
fn a_body_above_the_floor_is_waited_for_as_long_as_any() {
    assert_eq!(PACE.patience(4000 * 100, seconds(100)), (seconds(30), Slowness::Idle));
}

#[test]
fn a_body_near_the_floor_is_waited_for_until_it_is_below() {
    assert_eq!(PACE.patience(1024 * 110, seconds(100)), (seconds(10), Slowness::BelowFloor));
    assert_eq!(PACE.patience(1024 * 90, seconds(100)), (seconds(0), Slowness::BelowFloor));
}

#[test]
fn without_a_floor_no_rate_is_too_low() {
    let pace = BodyPace { min_rate: 0, ..PACE };
    assert_eq!(pace.patience(1, seconds(1000)), (seconds(30), Slowness::Idle));
}

#[test]
fn no_body_is_waited_for_beyond_the_total() {
    assert_eq!(PACE.patience(1 << 30, seconds(1790)), (seconds(10), Slowness::TooLong));
    assert_eq!(PACE.patience(1 << 30, seconds(2000)), (seconds(0), Slowness::TooLong));
}

#[test]
fn the_largest_upload_may_come_at_four_kilobytes_a_second() {
    let size = 5 * 1024 * 1024;
    for sent in (0..size).step_by(4000) {
        let (left, slowness) = PACE.patience(sent, seconds(sent / 4000));
        assert!(left > seconds(1), "{sent}: {slowness:?}");
    }
}
