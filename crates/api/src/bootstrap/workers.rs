//! What the server does besides answering.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vestibule_application::Services;
use vestibule_application::maintenance::Purgeable;
use vestibule_application::media::SweepPolicy;
use vestibule_application::policy::Retention;
use vestibule_domain::maintenance::Chore;
use vestibule_domain::ports::{Clock, Mailer, SendError};

use super::Succession;
use super::contact_index::rebuild_contact_index;
use super::statistics::keep_statistics;
use super::sweep::sweep_orphans;
use crate::monitoring::{self, ChoreOutcome};

/// How long a message that nobody announced waits at the most: one that is due again, or one that
/// another process queued.
const POLL: Duration = Duration::from_secs(5);
/// How often expired rows are removed.
const PURGE: Duration = Duration::from_hours(1);
/// When a chore that another server does is looked at again. That server may have died.
pub(super) const ELSEWHERE: Duration = Duration::from_mins(1);
/// How often measured times are put into their buckets, which nobody may ever ask for.
const METRICS: Duration = Duration::from_secs(5);

/// The background tasks. They stop between two messages or two batches, never within one.
pub(super) struct Workers {
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// What the settings say of the background tasks.
#[derive(Clone, Copy)]
pub(super) struct Chores {
    /// How long what is past its use stays.
    pub(super) retention: Retention,
    /// Whether pictures that nothing refers to are looked for, and what becomes of them.
    pub(super) sweep: Option<SweepPolicy>,
}

impl Workers {
    pub(super) fn start(
        services: &Arc<Services>,
        mail_waiting: &Arc<Notify>,
        mailer: &Arc<dyn Mailer>,
        chores: Chores,
        metrics: Option<PrometheusHandle>,
        clock: &Arc<dyn Clock>,
        succession: Option<Succession>,
    ) -> Self {
        let workers = Self { tracker: TaskTracker::new(), stop: CancellationToken::new() };
        workers.tracker.spawn(look_at_the_mailer(mailer.clone(), workers.stop.clone()));
        workers.tracker.spawn(deliver_messages(services.clone(), mail_waiting.clone(), workers.stop.clone()));
        workers.tracker.spawn(purge_expired(
            services.clone(),
            chores.retention,
            clock.clone(),
            workers.stop.clone(),
        ));
        if let Some(sweep) = chores.sweep {
            workers.tracker.spawn(sweep_orphans(
                services.clone(),
                sweep,
                clock.clone(),
                workers.stop.clone(),
            ));
        }
        workers.tracker.spawn(rebuild_contact_index(services.clone(), workers.stop.clone()));
        workers.tracker.spawn(keep_statistics(services.clone(), workers.stop.clone()));
        if let Some(metrics) = metrics {
            workers.tracker.spawn(tidy_metrics(metrics, workers.stop.clone()));
        }
        if let Some(succession) = succession {
            workers.tracker.spawn(succeed(succession, workers.stop.clone()));
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

async fn purge_expired(
    services: Arc<Services>,
    retention: Retention,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    loop {
        let (purged, outcome) = match services
            .purge_expired
            .execute_while(retention, || !stop.is_cancelled())
            .await
        {
            Ok(Some(purged)) if purged.is_interrupted => (purged, ChoreOutcome::Interrupted),
            Ok(Some(purged)) => (purged, ChoreOutcome::Done),
            Ok(None) => {
                monitoring::count_chore(Chore::Purge, ChoreOutcome::Elsewhere, clock.now());
                tracing::debug!("another server purges");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(ELSEWHERE) => continue,
                }
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "expired rows were not removed");
                (error.purged(), ChoreOutcome::Failed)
            }
        };
        monitoring::count_chore(Chore::Purge, outcome, clock.now());
        monitoring::count_purged(&purged);
        tracing::debug!(
            refresh_tokens = purged.of(Purgeable::RefreshTokens),
            sessions = purged.of(Purgeable::Sessions),
            reset_tokens = purged.of(Purgeable::ResetTokens),
            unactivated_accounts = purged.of(Purgeable::UnactivatedAccounts),
            parked_messages = purged.of(Purgeable::ParkedMessages),
            sent_messages = purged.of(Purgeable::SentMessages),
            audit_events = purged.of(Purgeable::AuditEvents),
            verification_codes = purged.of(Purgeable::VerificationCodes),
            idempotency_keys = purged.of(Purgeable::IdempotencyKeys),
            import_keys = purged.of(Purgeable::ImportKeys),
            daily_counts = purged.of(Purgeable::DailyCounts),
            trashed_accounts = purged.of(Purgeable::TrashedAccounts),
            failed_removals = purged.failed_removals,
            "purged"
        );
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

/// Waits for the end of another server of this data folder.
async fn succeed(mut succession: Succession, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POLL) => {}
        }
        match succession.attempt().await {
            Some(again) => succession = again,
            None => return,
        }
    }
}
