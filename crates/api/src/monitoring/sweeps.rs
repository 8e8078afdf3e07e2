//! Sweeps of pictures, counted.

use metrics::{counter, describe_counter, describe_gauge, gauge};
use vestibule_application::media::{SweepEnd, Swept};

const SWEEPS: &str = "vestibule_media_sweeps_total";
const ORPHANS: &str = "vestibule_media_orphans";
const REMOVED: &str = "vestibule_media_orphans_removed_total";
const FAILED: &str = "vestibule_media_removals_failed_total";
const CUT_OFF: &str = "vestibule_media_cut_off_uploads_removed_total";

pub(super) fn describe() {
    describe_counter!(SWEEPS, "Sweeps of pictures by outcome; docs/deployment.md names them");
    describe_gauge!(ORPHANS, "Pictures that no row refers to and that the last sweep left");
    describe_counter!(REMOVED, "Pictures that no row referred to and that were removed");
    describe_counter!(FAILED, "Failures to remove a picture that no row refers to");
    describe_counter!(CUT_OFF, "Remains of uploads that were cut off, removed");
}

/// Counts a sweep that came to an end.
pub(crate) fn count_swept(swept: &Swept) {
    counter!(SWEEPS, "outcome" => swept.end.code()).increment(1);
    counter!(REMOVED).increment(swept.removed);
    counter!(FAILED).increment(swept.failed);
    counter!(CUT_OFF).increment(swept.cut_off);
    // Another's are not counted, and half a count is none.
    if !matches!(
        swept.end,
        SweepEnd::AnotherInstallation { .. } | SweepEnd::Interrupted | SweepEnd::Elsewhere
    ) {
        let left = swept.found.orphans.saturating_sub(swept.removed);
        gauge!(ORPHANS).set(u32::try_from(left).unwrap_or(u32::MAX));
    }
}

/// Counts a sweep that broke off.
pub(crate) fn count_failed_sweep() {
    counter!(SWEEPS, "outcome" => "failed").increment(1);
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;
    use vestibule_application::media::Found;

    use super::*;

    #[test]
    fn what_a_sweep_removed_and_why_it_stopped_is_counted() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let swept = |end, removed, failed| {
            let found = Found { pictures: 100, orphans: 30 };
            count_swept(&Swept { end, found, removed, failed, cut_off: 1 });
        };
        metrics::with_local_recorder(&recorder, || {
            swept(SweepEnd::TooMany { most: 20 }, 0, 0);
            swept(SweepEnd::Removed, 20, 4);
            count_failed_sweep();
        });
        let rendered = recorder.handle().render();
        for line in [
            "vestibule_media_sweeps_total{outcome=\"too_many\"} 1",
            "vestibule_media_sweeps_total{outcome=\"removed\"} 1",
            "vestibule_media_sweeps_total{outcome=\"failed\"} 1",
            "vestibule_media_orphans 10",
            "vestibule_media_orphans_removed_total 20",
            "vestibule_media_removals_failed_total 4",
            "vestibule_media_cut_off_uploads_removed_total 2",
        ] {
            assert!(rendered.lines().any(|one| one == line), "{line}\n{rendered}");
        }
    }
}
