//! Retries of units of work that the store gave up.

use std::error::Error;
use std::iter::successors;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use vestibule_domain::store::StoreError;

/// The least waits between tries. When units of work wait for each other in a circle, the store gives up one of them
/// and the others go on. The waits have to last longer than the rest of those others.
const WAITS: [Duration; 4] = [
    Duration::from_millis(5),
    Duration::from_millis(20),
    Duration::from_millis(80),
    Duration::from_millis(320),
];

/// Counts waits, so that units that were given up at the same time come back at different times.
static TURN: AtomicU32 = AtomicU32::new(0);

/// The wait, prolonged by up to seven eighths of itself.
fn spread(wait: Duration) -> Duration {
    const TURNS: u32 = 8;
    wait + wait * (TURN.fetch_add(1, Ordering::Relaxed) % TURNS) / TURNS
}

/// Retries an operation while the store answers [`StoreError::Retryable`]: up to five tries in all. The operation
/// opens a unit of work or writes in autocommit. The error of the last try goes to the caller, which treats it as a
/// store that is not available.
///
/// Keep work that must not be repeated (hashing, counting an attempt) out of the operation.
pub(crate) async fn retrying<T, E, F>(mut attempt: impl FnMut() -> F) -> Result<T, E>
where
    E: Error + 'static,
    F: Future<Output = Result<T, E>>,
{
    for wait in WAITS {
        match attempt().await {
            Err(error) if asks_for_another_try(&error) => {
                tracing::debug!(error = &error as &dyn Error, "the store asks for another try");
                tokio::time::sleep(spread(wait)).await;
            }
            done => return done,
        }
    }
    attempt().await
}

/// Whether [`StoreError::Retryable`] is anywhere in the error's chain of causes.
fn asks_for_another_try(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error: &&'_ (dyn Error + 'static)| (*error).source())
        .any(|error| matches!(error.downcast_ref(), Some(StoreError::Retryable(_))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Failure;

    fn retryable() -> StoreError {
        StoreError::Retryable("a deadlock".into())
    }

    #[test]
    fn the_store_s_wish_is_found_in_what_a_use_case_makes_of_it() {
        assert!(asks_for_another_try(&retryable()));
        assert!(asks_for_another_try(&Failure::from(retryable())));
        assert!(!asks_for_another_try(&Failure::from(StoreError::Unavailable("gone".into()))));
    }

    #[test]
    fn those_who_wait_at_once_wait_differently_long_and_never_twice_as_long() {
        let wait = Duration::from_millis(80);
        let waits = [(); 2].map(|()| spread(wait));
        assert!(waits.iter().all(|one| (wait..wait * 2).contains(one)), "{waits:?}");
        assert_ne!(waits[0], waits[1]);
    }

    #[tokio::test]
    async fn five_tries_are_made_and_no_more() {
        let mut tries = 0;
        let done: Result<(), _> = retrying(|| {
            tries += 1;
            async { Err(retryable()) }
        })
        .await;
        assert!(matches!(done, Err(StoreError::Retryable(_))));
        assert_eq!(tries, 5);
    }

    #[tokio::test]
    async fn what_is_done_or_refused_is_not_tried_again() {
        for end in [Ok(1), Err(StoreError::Unexpected("a defect".into()))] {
            let (mut tries, mut end) = (0, Some(end));
            let _done = retrying(|| {
                tries += 1;
                let end = if tries == 1 { Err(retryable()) } else { end.take().unwrap() };
                async { end }
            })
            .await;
            assert_eq!(tries, 2);
        }
    }
}
