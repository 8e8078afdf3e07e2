//! The limit of a case.

use std::time::Duration;

use tokio::time::timeout;

/// Far longer than any case takes, also on a machine that is busy.
const LIMIT: Duration = Duration::from_mins(5);

/// Runs a case, and fails it where it waits for what never comes, or else the whole run would wait with it.
pub async fn in_time(case: impl Future<Output = ()>) {
    timeout(LIMIT, case).await.expect("the case ends");
}
