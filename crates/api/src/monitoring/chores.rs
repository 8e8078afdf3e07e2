//! Chores, which one server does at a time.

use metrics::{Unit, counter, describe_counter, describe_gauge, gauge};
use time::OffsetDateTime;
use vestibule_domain::maintenance::Chore;

const RUNS: &str = "vestibule_chore_runs_total";
const LAST_RUN: &str = "vestibule_chore_last_run_timestamp_seconds";

/// How a run of a chore ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChoreOutcome {
    Done,
    Failed,
    /// It was stopped, or another server took over.
    Interrupted,
    /// Another server had it.
    Elsewhere,
}

impl ChoreOutcome {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
            Self::Elsewhere => "elsewhere",
        }
    }
}

pub(super) fn describe() {
    describe_counter!(RUNS, "Runs of a chore by outcome: done, failed, interrupted or elsewhere");
    describe_gauge!(LAST_RUN, Unit::Seconds, "When this process last did a chore, in seconds since 1970");
}

/// Counts a run that ended now.
pub(crate) fn count_chore(chore: Chore, outcome: ChoreOutcome, now: OffsetDateTime) {
    counter!(RUNS, "chore" => chore.name(), "outcome" => outcome.name()).increment(1);
    if outcome == ChoreOutcome::Done {
        // Exact up to the year 2106, and a time before 1970 is no time of a run.
        let seconds = u32::try_from(now.unix_timestamp()).unwrap_or_default();
        gauge!(LAST_RUN, "chore" => chore.name()).set(f64::from(seconds));
    }
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn what_a_server_did_is_counted_and_when_it_last_did_it_is_told() {
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            count_chore(Chore::Purge, ChoreOutcome::Done, datetime!(2026-01-01 00:00 UTC));
            count_chore(Chore::Purge, ChoreOutcome::Elsewhere, datetime!(2026-01-01 01:00 UTC));
        });
        let rendered = recorder.handle().render();
        for line in [
            "vestibule_chore_runs_total{chore=\"purge\",outcome=\"done\"} 1",
            "vestibule_chore_runs_total{chore=\"purge\",outcome=\"elsewhere\"} 1",
            "vestibule_chore_last_run_timestamp_seconds{chore=\"purge\"} 1767225600",
        ] {
            assert!(rendered.lines().any(|one| one == line), "{line}\n{rendered}");
        }
    }
}
