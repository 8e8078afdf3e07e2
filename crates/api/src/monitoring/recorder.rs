//! The recorder of this process.

use std::sync::OnceLock;

use anyhow::Context as _;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::{FAILED_REMOVALS, OLDEST, PARKED, WAITING, chores, process, sweeps};
use crate::http::middleware::{REQUESTS, SECONDS};

/// Upper ends, in seconds: from what a cached read takes to what a password hash and a slow network do.
const BUCKETS: [f64; 12] = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The recorder; installed at the first call. What was made before it counts nothing, so this comes before
/// every adapter.
pub(crate) fn recorder() -> anyhow::Result<PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER
        .get_or_init(|| install().inspect_err(|error| tracing::error!(error = &**error, "no metrics")).ok())
        .clone()
        .context("metrics cannot be recorded; metrics.enabled = false does without")
}

fn install() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &BUCKETS)?
        .install_recorder()?;
    describe_counter!(REQUESTS, "Requests by route, method and class of status");
    describe_histogram!(SECONDS, Unit::Seconds, "Time to answer, by route and method");
    describe_counter!("vestibule_cache_reads_total", "Reads of the cache by result: hit, miss or failed");
    describe_counter!("vestibule_kept_answers_total", "Questions to the kept answers by result: hit or miss");
    describe_counter!("vestibule_rate_limited_total", "What was refused for being too often");
    describe_counter!("vestibule_rate_limit_fallbacks_total", "Limits that held for this process alone");
    describe_counter!("vestibule_redis_outages_total", "Times at which Redis went away");
    describe_counter!("vestibule_hash_queue_refusals_total", "Passwords that found the queue full");
    describe_gauge!("vestibule_hash_jobs", "Passwords that are being hashed, or wait for a thread that does");
    describe_gauge!("vestibule_hash_threads", "Threads that hash passwords");
    describe_gauge!("vestibule_database_connections_in_use", "Connections that calls have");
    describe_gauge!("vestibule_database_connection_waits", "Calls that wait for a connection");
    describe_counter!("vestibule_outbox_messages_total", "Messages by outcome: sent, postponed or parked");
    describe_counter!(
        "vestibule_purged_rows_total",
        "Rows that were removed because they were past their life"
    );
    describe_counter!(
        FAILED_REMOVALS,
        "Removals of accounts in the trash that failed, and are tried again later"
    );
    chores::describe();
    sweeps::describe();
    describe_gauge!(
        PARKED,
        "Messages that were given up and wait for an operator; NaN if the database does not say"
    );
    describe_gauge!(WAITING, "Messages that wait to be sent; NaN if the database does not say");
    describe_gauge!(
        OLDEST,
        Unit::Seconds,
        "For how long the oldest of them has waited; NaN if the database does not say"
    );
    process::describe();
    describe_counter!(
        "vestibule_log_lines_dropped_total",
        "Lines of the log that nobody will read: too many waited (full), or they could not be written (failed)"
    );
    Ok(handle)
}
