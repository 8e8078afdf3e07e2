//! What this process is, and what the system says of it.

use metrics::describe_gauge;

use crate::build::COMMIT;

const BUILD: &str = "vestibule_build_info";

pub(super) fn describe() {
    describe_gauge!(BUILD, "1, with the version and the commit that runs");
    #[cfg(target_os = "linux")]
    linux::describe();
}

/// Says what runs, and on Linux asks the system for what Prometheus's own clients tell of a process. What the system does
/// not tell is left out.
pub(super) fn measure() {
    let commit = COMMIT.unwrap_or_default();
    metrics::gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION"), "commit" => commit).set(1.0);
    #[cfg(target_os = "linux")]
    if let Err(error) = linux::measure() {
        tracing::debug!(error = &error as &dyn std::error::Error, "the system does not tell of this process");
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use metrics::{Unit, describe_gauge, gauge};
    use procfs::ProcResult;
    use procfs::process::{LimitValue, Process};

    const MEMORY: &str = "process_resident_memory_bytes";
    const CPU: &str = "process_cpu_seconds_total";
    const THREADS: &str = "process_threads";
    const OPEN_FILES: &str = "process_open_fds";
    const MOST_FILES: &str = "process_max_fds";

    pub(super) fn describe() {
        describe_gauge!(MEMORY, Unit::Bytes, "Memory of this process that is in the machine's");
        describe_gauge!(CPU, Unit::Seconds, "Processor time that this process has taken");
        describe_gauge!(THREADS, "Threads of this process");
        describe_gauge!(OPEN_FILES, "Files and connections that are open");
        describe_gauge!(MOST_FILES, "How many of them there may be");
    }

    pub(super) fn measure() -> ProcResult<()> {
        let process = Process::myself()?;
        let stat = process.stat()?;
        gauge!(MEMORY).set(as_measured(stat.rss.saturating_mul(procfs::page_size())));
        gauge!(CPU).set(as_measured(stat.utime + stat.stime) / as_measured(procfs::ticks_per_second()));
        gauge!(THREADS).set(as_measured(stat.num_threads.unsigned_abs()));
        gauge!(OPEN_FILES).set(as_measured(process.fd_count()? as u64));
        if let LimitValue::Value(most) = process.limits()?.max_open_files.soft_limit {
            gauge!(MOST_FILES).set(as_measured(most));
        }
        Ok(())
    }

    /// A measurement is exact enough beyond 2^53, too.
    #[expect(clippy::cast_precision_loss, reason = "nothing that is measured is so large")]
    fn as_measured(number: u64) -> f64 {
        number as f64
    }
}
