//! What this process is, and what the system says of it.

use metrics::describe_gauge;
use metrics_process::Collector;

use crate::build::COMMIT;

const BUILD: &str = "vestibule_build_info";

pub(super) fn describe() {
    describe_gauge!(BUILD, "1, with the version and the commit that runs");
    Collector::default().describe();
}

/// Asks the system for what Prometheus's conventions say of processes: `process_resident_memory_bytes`,
/// `process_open_fds`, `process_cpu_seconds_total` and others. What a system does not tell is left out.
pub(super) fn measure() {
    let commit = COMMIT.unwrap_or_default();
    metrics::gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION"), "commit" => commit).set(1.0);
    Collector::default().collect();
}
