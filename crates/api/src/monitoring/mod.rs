//! What is counted, for Prometheus.
//!
//! One recorder serves the process, since the crates count through it without knowing each other. Several
//! servers in one process share it, and each counts only if its settings say so.

mod chores;
mod process;
mod recorder;
mod sweeps;

use std::time::Duration;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{HttpResponse, web};
use metrics_exporter_prometheus::PrometheusHandle;
use time::OffsetDateTime;
use tokio::time::timeout;
use vestibule_application::Deps;
use vestibule_application::maintenance::{Purgeable, Purged};
use vestibule_application::messages::Delivered;
use vestibule_domain::ports::Clock;

use crate::health::{OutboxState, Waiting};
use crate::http::{Plain, get_or_head, resource};
use crate::telemetry;

pub(crate) use chores::{ChoreOutcome, count_chore};
pub(crate) use recorder::recorder;
pub(crate) use sweeps::{count_failed_sweep, count_swept};

/// The text format of Prometheus.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// How many messages are parked, of all processes.
const PARKED: &str = "vestibule_outbox_parked_messages";

/// How many messages wait to be sent, of all processes, and for how long the oldest one has.
const WAITING: &str = "vestibule_outbox_waiting_messages";
const OLDEST: &str = "vestibule_outbox_oldest_waiting_seconds";

/// How long the database is waited for. Whoever collects the figures has little patience, and wants the others most while a
/// database is silent.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many removals of accounts failed.
const FAILED_REMOVALS: &str = "vestibule_removals_failed_total";

/// Mounts `GET /metrics`.
pub(crate) fn configure(app: &mut web::ServiceConfig, metrics: PrometheusHandle) {
    let answer = move |outbox: web::Data<OutboxState>, deps: web::Data<Deps>| {
        count_dropped_lines();
        process::measure();
        let metrics = metrics.clone();
        async move {
            // Asked for here, so that nobody counts what nobody reads.
            let asked = async { futures::join!(outbox.parked(), outbox.waiting()) };
            let (parked, waiting) = timeout(PATIENCE, asked).await.unwrap_or_default();
            metrics::gauge!(PARKED).set(parked.map_or(f64::NAN, as_measured));
            measure_waiting(waiting, &*deps.clock);
            HttpResponse::Ok().insert_header((CONTENT_TYPE, TEXT)).body(metrics.render())
        }
    };
    app.service(resource::<Plain>("/metrics", "GET, HEAD").route(get_or_head().to(answer)));
}

fn measure_waiting(waiting: Option<Waiting>, clock: &dyn Clock) {
    let (messages, oldest) = waiting.map_or((f64::NAN, f64::NAN), |Waiting { messages, since }| {
        // A server whose clock is ahead may have queued it.
        let age = |since: OffsetDateTime| (clock.now() - since).as_seconds_f64().max(0.0);
        let oldest = since.map_or(if messages == 0 { 0.0 } else { f64::NAN }, age);
        (as_measured(messages), oldest)
    });
    metrics::gauge!(WAITING).set(messages);
    metrics::gauge!(OLDEST).set(oldest);
}

/// Exact up to four milliards.
fn as_measured(count: u64) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// The log counts by itself: it is there before the recorder.
fn count_dropped_lines() {
    let dropped = telemetry::dropped();
    for (reason, lines) in [("full", dropped.full), ("failed", dropped.failed)] {
        metrics::counter!("vestibule_log_lines_dropped_total", "reason" => reason).absolute(lines);
    }
}

/// Counts messages that were dealt with.
pub(crate) fn count_delivered(delivered: Delivered) {
    for (outcome, messages) in
        [("sent", delivered.sent), ("postponed", delivered.postponed), ("parked", delivered.parked)]
    {
        metrics::counter!("vestibule_outbox_messages_total", "outcome" => outcome)
            .increment(u64::try_from(messages).unwrap_or(u64::MAX));
    }
}

/// Counts rows that were removed.
pub(crate) fn count_purged(purged: &Purged) {
    for kind in Purgeable::ALL {
        metrics::counter!("vestibule_purged_rows_total", "kind" => kind.name()).increment(purged.of(kind));
    }
    metrics::counter!(FAILED_REMOVALS).increment(purged.failed_removals);
}
