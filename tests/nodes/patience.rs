//! Waiting for what other processes do.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Far longer than anything takes; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(50);

/// Asks until there is an answer.
pub(crate) async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "it did not happen: {what}");
        sleep(PAUSE).await;
    }
}
