//! What is counted, for Prometheus.
//!
//! One recorder serves the process, since the crates count through it without knowing each other. Several
//! servers in one process share it, and each counts only if its settings say so.

mod recorder;
mod requests;
mod sweeps;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{HttpResponse, web};
use metrics_exporter_prometheus::PrometheusHandle;
use vestibule_application::maintenance::{Purgeable, Purged};
use vestibule_application::messages::Delivered;

use crate::http::{Plain, get_or_head, resource};

pub(crate) use recorder::recorder;
pub(crate) use requests::RequestMetrics;
pub(crate) use sweeps::{count_failed_sweep, count_swept};

/// The text format of Prometheus.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");

/// Mounts `GET /metrics`.
pub(crate) fn configure(app: &mut web::ServiceConfig, metrics: PrometheusHandle) {
    let answer = move || {
        let body = metrics.render();
        async move { HttpResponse::Ok().insert_header((CONTENT_TYPE, TEXT)).body(body) }
    };
    app.service(resource::<Plain>("/metrics", "GET, HEAD").route(get_or_head().to(answer)));
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
}
