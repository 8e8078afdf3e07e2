//! The sweep of pictures that no row refers to, and what the operator is told of it.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use vestibule_application::Services;
use vestibule_application::media::{SweepEnd, SweepPolicy, Swept};
use vestibule_domain::maintenance::Chore;
use vestibule_domain::ports::Clock;
use vestibule_settings::{MediaSettings, MediaSweep};

use super::workers::ELSEWHERE;
use crate::monitoring::{self, ChoreOutcome};

/// How often. Sweeps only report for the first hour after the start, so the second one is the first that removes.
const PAUSE: Duration = Duration::from_hours(1);

/// What the settings want; `None` if nothing.
pub(super) fn policy(settings: &MediaSettings) -> Option<SweepPolicy> {
    let removes = match settings.sweep {
        MediaSweep::Remove => true,
        MediaSweep::Report => false,
        MediaSweep::Off => return None,
    };
    Some(SweepPolicy { removes, percent: settings.sweep_percent })
}

/// Sweeps at once, and then every hour, until it is stopped.
pub(super) async fn sweep_orphans(
    services: Arc<Services>,
    policy: SweepPolicy,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    loop {
        let mut pause = PAUSE;
        match services.sweep_orphans.execute_while(policy, || !stop.is_cancelled()).await {
            Ok(Swept { end: SweepEnd::Elsewhere, .. }) => {
                monitoring::count_chore(Chore::Sweep, ChoreOutcome::Elsewhere, clock.now());
                tracing::debug!("another server sweeps");
                pause = ELSEWHERE;
            }
            Ok(swept) => {
                let is_interrupted = matches!(swept.end, SweepEnd::Interrupted);
                let outcome = if is_interrupted { ChoreOutcome::Interrupted } else { ChoreOutcome::Done };
                monitoring::count_chore(Chore::Sweep, outcome, clock.now());
                monitoring::count_swept(&swept);
                tell(&swept);
            }
            Err(error) => {
                monitoring::count_chore(Chore::Sweep, ChoreOutcome::Failed, clock.now());
                monitoring::count_failed_sweep();
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the sweep of pictures stopped; the next one is in an hour"
                );
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// What happened, and what is to be done about it (docs/deployment.md, Media).
fn tell(swept: &Swept) {
    let Swept { end, found, removed, failed, cut_off } = *swept;
    let (pictures, orphans) = (found.pictures, found.orphans);
    match end {
        SweepEnd::AnotherInstallation { owner, own } => tracing::error!(
            %owner, %own,
            "no picture is swept up: those of media.url are marked as another installation's. Two databases share \
             one place, or this database was made anew: give it a place of its own, or, if the pictures are its \
             own, remove the mark `vestibule-installation` there"
        ),
        SweepEnd::Unmarked => tracing::warn!(
            pictures,
            orphans,
            "no picture is swept up: those of media.url have no mark, and this database knows too few of them. If \
             they are its own, set media.sweep_percent = 100 until the place is marked; else give it another place"
        ),
        SweepEnd::NothingReferenced => tracing::warn!(
            pictures,
            "no picture is swept up: this database knows none of those of media.url. Is it the right one? If so, \
             remove them by hand"
        ),
        SweepEnd::TooMany { most } => tracing::warn!(
            pictures,
            orphans,
            most,
            "no picture is swept up: this database does not know so many of them. If it was put back to an older \
             state, they may be needed; if they are to go, raise media.sweep_percent for one sweep"
        ),
        SweepEnd::ReportedBySetting | SweepEnd::ReportedAfterStart | SweepEnd::Marked if orphans > 0 => {
            tracing::info!(pictures, orphans, "pictures that no row refers to; none was removed yet");
        }
        _ => tracing::debug!(pictures, orphans, removed, cut_off, "swept"),
    }
    if failed > 0 {
        tracing::warn!(
            failed,
            removed,
            "pictures that no row refers to could not be removed: see to the rights on media.url. They are tried \
             again every hour"
        );
    }
}
