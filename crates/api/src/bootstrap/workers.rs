//! What the server does besides answering.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vestibule_application::Services;
use vestibule_domain::ports::{Mailer, SendError};

use crate::monitoring;

/// How long a message that nobody announced waits at the most: one that is due again, or one that
/// another process queued.
const POLL: Duration = Duration::from_secs(5);
/// How often expired rows are removed, and pictures that nothing refers to.
const PURGE: Duration = Duration::from_hours(1);
/// How often measured times are put into their buckets, which nobody may ever ask for.
const METRICS: Duration = Duration::from_secs(5);

/// The background tasks. They stop between two messages or two batches, never within one.
pub(super) struct Workers {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Workers {
    pub(super) fn start(
        services: &Arc<Services>,
        mail_waiting: &Arc<Notify>,
        mailer: &Arc<dyn Mailer>,
        metrics: Option<PrometheusHandle>,
    ) -> Self {
        let workers = Self { tracker: TaskTracker::new(), stop: CancellationToken::new() };
        workers.tracker.spawn(look_at_the_mailer(mailer.clone(), workers.stop.clone()));
        workers.tracker.spawn(deliver_messages(services.clone(), mail_waiting.clone(), workers.stop.clone()));
        workers.tracker.spawn(purge_expired(services.clone(), workers.stop.clone()));
        workers.tracker.spawn(sweep_orphans(services.clone(), workers.stop.clone()));
        if let Some(metrics) = metrics {
            workers.tracker.spawn(tidy_metrics(metrics, workers.stop.clone()));
        }
        workers.tracker.close();
        workers
    }

    /// Stops them; answers when they have.
    pub(super) async fn stop(self) {
        self.stop.cancel();
        self.tracker.wait().await;
    }
}

/// Learns what the way out of mail can do, before the first mail does. A server that is not there yet is no reason not
/// to start.
async fn look_at_the_mailer(mailer: Arc<dyn Mailer>, stop: CancellationToken) {
    let looked = tokio::select! {
        () = stop.cancelled() => return,
        looked = mailer.look() => looked,
    };
    match looked {
        Ok(()) => {}
        Err(SendError::Temporary(cause) | SendError::Unwelcome(cause) | SendError::Permanent(cause)) => {
            tracing::warn!(%cause, "mail cannot be sent now; it waits, and `vestibule mail test` tells more");
        }
    }
}

async fn deliver_messages(services: Arc<Services>, mail_waiting: Arc<Notify>, stop: CancellationToken) {
    loop {
        match services.deliver_messages.execute_while(|| !stop.is_cancelled()).await {
            Ok(delivered) => {
                monitoring::count_delivered(delivered);
                if delivered.total() > 0 && !stop.is_cancelled() {
                    continue;
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "messages were not delivered");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = mail_waiting.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn purge_expired(services: Arc<Services>, stop: CancellationToken) {
    loop {
        match services.purge_expired.execute().await {
            Ok(purged) => {
                tracing::debug!(sessions = purged.sessions, reset_tokens = purged.reset_tokens, "purged");
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "expired rows were not removed");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PURGE) => {}
        }
    }
}

async fn sweep_orphans(services: Arc<Services>, stop: CancellationToken) {
    loop {
        match services.sweep_orphans.execute_while(|| !stop.is_cancelled()).await {
            Ok(pictures) => tracing::debug!(pictures, "swept"),
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "orphaned pictures were not removed"
                );
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PURGE) => {}
        }
    }
}

async fn tidy_metrics(metrics: PrometheusHandle, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(METRICS) => metrics.run_upkeep(),
        }
    }
}
