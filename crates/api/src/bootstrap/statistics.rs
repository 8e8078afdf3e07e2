//! Writing what the server has counted and whom it has seen.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use vestibule_application::Services;

/// The pause between two writes. A server that is killed loses what it counted since the last one.
const PAUSE: Duration = Duration::from_secs(5);
/// How long the last write may take, while the server stops. A database that is away is not waited for.
const LAST: Duration = Duration::from_secs(5);

/// Writes every few seconds, where there is anything. Runs until it is stopped.
pub(super) async fn keep_statistics(services: Arc<Services>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => keep(&services).await,
        }
    }
}

/// Writes for the last time, after the last request.
pub(super) async fn keep_the_last(services: &Services) {
    if tokio::time::timeout(LAST, keep(services)).await.is_err() {
        tracing::warn!("the statistics of the last seconds were not written in time");
    }
}

async fn keep(services: &Services) {
    if let Err(error) = services.keep_counts.execute().await {
        tracing::warn!(error = &error as &dyn Error, "the statistics are not up to date");
    }
    if let Err(error) = services.keep_sightings.execute().await {
        tracing::warn!(error = &error as &dyn Error, "when sessions were last seen is not up to date");
    }
}
