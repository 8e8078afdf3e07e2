//! The contract of `Cache`.

use std::time::Duration;

use futures::FutureExt as _;
use vestibule_tests::backends::cache::TimedCache;
use vestibule_tests::{at_once, contract};

contract!(cache on [memory, redis, redis_cluster]: [
    it_answers,
    a_missing_key_has_no_value,
    a_value_is_found_under_its_key,
    a_value_may_be_any_bytes,
    a_value_may_be_empty,
    keys_differ_in_letter_case,
    keys_of_any_text_are_kept_apart,
    a_value_takes_the_place_of_another,
    a_value_is_there_until_its_life_is_over,
    a_value_that_is_set_again_has_a_new_life,
    a_long_life_is_kept,
    a_value_is_added_under_a_key_that_has_none,
    a_value_is_not_added_over_another,
    a_refused_addition_does_not_prolong_a_life,
    a_value_is_added_in_place_of_one_that_is_over,
    of_many_additions_at_once_one_succeeds,
    a_mark_takes_the_place_of_another,
    a_key_that_has_a_mark_keeps_it_and_its_life,
    of_many_marks_at_once_all_get_the_same,
    a_clock_that_is_set_changes_no_life,
    a_cache_of_this_process_never_waits,
]);

const LIFE: Duration = Duration::from_secs(10);

async fn get(at: &TimedCache, key: &str) -> Option<Vec<u8>> {
    at.cache.get(key).await.unwrap()
}

async fn set(at: &TimedCache, key: &str, value: &[u8]) {
    at.cache.set(key, value.to_vec(), LIFE).await.unwrap();
}

async fn add(at: &TimedCache, key: &str, value: &[u8]) -> bool {
    at.cache.add(key, value.to_vec(), LIFE).await.unwrap()
}

async fn it_answers(at: TimedCache) {
    at.cache.ping().await.unwrap();
}

async fn a_cache_of_this_process_never_waits(at: TimedCache) {
    if at.cache.is_remote() {
        return;
    }
    let now = |answer: Option<bool>| assert_eq!(answer, Some(true));
    let (key, value) = ("key", || b"value".to_vec());
    now(at.cache.get(key).now_or_never().map(|answer| answer.is_ok()));
    now(at.cache.set(key, value(), LIFE).now_or_never().map(|answer| answer.is_ok()));
    now(at.cache.add(key, value(), LIFE).now_or_never().map(|answer| answer.is_ok()));
    now(at.cache.mark_of(key, value(), LIFE).now_or_never().map(|answer| answer.is_ok()));
    now(at.cache.mark_anew(key, value(), LIFE).now_or_never().map(|answer| answer.is_ok()));
}

async fn a_missing_key_has_no_value(at: TimedCache) {
    assert_eq!(get(&at, "key").await, None);
}

async fn a_value_is_found_under_its_key(at: TimedCache) {
    set(&at, "key", b"value").await;
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b"value"[..]));
}

async fn a_value_may_be_any_bytes(at: TimedCache) {
    let value: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    set(&at, "key", &value).await;
    assert_eq!(get(&at, "key").await, Some(value));
}

async fn a_value_may_be_empty(at: TimedCache) {
    set(&at, "key", b"").await;
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b""[..]));
}

async fn keys_differ_in_letter_case(at: TimedCache) {
    set(&at, "key", b"value").await;
    assert_eq!(get(&at, "Key").await, None);
}

async fn keys_of_any_text_are_kept_apart(at: TimedCache) {
    let keys = ["", " ", "a:b", "a:b:", "a\r\nb", "é", "e\u{301}", "*", "{a}b"];
    for key in keys {
        set(&at, key, key.as_bytes()).await;
    }
    for key in keys {
        assert_eq!(get(&at, key).await.as_deref(), Some(key.as_bytes()), "{key:?}");
    }
}

async fn a_value_takes_the_place_of_another(at: TimedCache) {
    set(&at, "key", b"one").await;
    set(&at, "key", b"other").await;
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b"other"[..]));
}

async fn a_value_is_there_until_its_life_is_over(at: TimedCache) {
    set(&at, "key", b"value").await;
    at.time.advance(LIFE - at.time.moment());
    assert!(get(&at, "key").await.is_some());
    at.time.advance(at.time.moment());
    assert_eq!(get(&at, "key").await, None);
}

async fn a_value_that_is_set_again_has_a_new_life(at: TimedCache) {
    set(&at, "key", b"value").await;
    at.time.advance(LIFE - at.time.moment());
    set(&at, "key", b"value").await;
    at.time.advance(LIFE - at.time.moment());
    assert!(get(&at, "key").await.is_some());
}

async fn a_long_life_is_kept(at: TimedCache) {
    let century = Duration::from_hours(24 * 36_525);
    at.cache.set("key", b"value".to_vec(), century).await.unwrap();
    at.time.advance(century - at.time.moment());
    assert!(get(&at, "key").await.is_some());
}

async fn a_value_is_added_under_a_key_that_has_none(at: TimedCache) {
    assert!(add(&at, "key", b"value").await);
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b"value"[..]));
}

async fn a_value_is_not_added_over_another(at: TimedCache) {
    set(&at, "key", b"one").await;
    assert!(!add(&at, "key", b"other").await);
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b"one"[..]));
}

async fn a_refused_addition_does_not_prolong_a_life(at: TimedCache) {
    set(&at, "key", b"one").await;
    at.time.advance(LIFE - at.time.moment());
    add(&at, "key", b"other").await;
    at.time.advance(at.time.moment());
    assert_eq!(get(&at, "key").await, None);
}

async fn a_value_is_added_in_place_of_one_that_is_over(at: TimedCache) {
    add(&at, "key", b"one").await;
    at.time.advance(LIFE);
    assert!(add(&at, "key", b"other").await);
    assert_eq!(get(&at, "key").await.as_deref(), Some(&b"other"[..]));
}

async fn a_mark_takes_the_place_of_another(at: TimedCache) {
    set(&at, "key", b"value").await;
    at.cache.mark_anew("key", b"one".to_vec(), LIFE).await.unwrap();
    assert!(get(&at, "key").await.unwrap().starts_with(b"one"));
    at.cache.mark_anew("key", b"other".to_vec(), LIFE).await.unwrap();
    assert!(get(&at, "key").await.unwrap().starts_with(b"other"));
    at.time.advance(LIFE);
    assert_eq!(get(&at, "key").await, None);
}

async fn a_key_that_has_a_mark_keeps_it_and_its_life(at: TimedCache) {
    let first = at.cache.mark_of("key", b"one".to_vec(), LIFE).await.unwrap().unwrap();
    assert!(first.starts_with(b"one"));
    at.time.advance(LIFE - at.time.moment());
    assert_eq!(at.cache.mark_of("key", b"other".to_vec(), LIFE).await.unwrap(), Some(first.clone()));
    assert_eq!(get(&at, "key").await, Some(first));
    at.time.advance(at.time.moment());
    assert!(at.cache.mark_of("key", b"other".to_vec(), LIFE).await.unwrap().unwrap().starts_with(b"other"));
}

async fn of_many_marks_at_once_all_get_the_same(at: TimedCache) {
    let marks = at_once(100, |number| {
        let at = at.clone();
        async move { at.cache.mark_of("key", number.to_string().into_bytes(), LIFE).await.unwrap() }
    })
    .await;
    let kept = get(&at, "key").await;
    assert!(kept.is_some() && marks.into_iter().all(|mark| mark == kept));
}

async fn of_many_additions_at_once_one_succeeds(at: TimedCache) {
    let answers = at_once(100, |number| {
        let at = at.clone();
        async move { add(&at, "key", number.to_string().as_bytes()).await }
    })
    .await;
    assert_eq!(answers.into_iter().filter(|added| *added).count(), 1);
}

async fn a_clock_that_is_set_changes_no_life(at: TimedCache) {
    set(&at, "key", b"value").await;
    at.time.set_clock(1);
    assert!(get(&at, "key").await.is_some(), "it is over before its time");
    set(&at, "other", b"value").await;
    at.time.set_clock(-1);
    at.time.advance(LIFE);
    assert_eq!(get(&at, "other").await, None);
}
