//! Waits for another process.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long another process that has the file is left alone before the next try.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(1), Duration::from_millis(2), Duration::from_millis(5), Duration::from_millis(10)];

/// The waits of one call.
pub(super) struct Waits {
    patience: Duration,
    /// From the first wait on.
    deadline: Option<Instant>,
    number: usize,
}

impl Waits {
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience, deadline: None, number: 0 }
    }

    /// Waits for the next try. `false` if there is none.
    pub(super) async fn wait(&mut self) -> bool {
        let deadline = *self.deadline.get_or_insert_with(|| Instant::now() + self.patience);
        let pause = PAUSES.get(self.number).or(PAUSES.last()).copied().unwrap_or_default();
        self.number += 1;
        if Instant::now() + pause > deadline {
            return false;
        }
        sleep(pause).await;
        true
    }
}
