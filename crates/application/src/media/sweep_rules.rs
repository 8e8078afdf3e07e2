//! When a sweep may remove what it takes for orphans. Against pictures that only seem to be nobody's: those of
//! another installation, those that an older database does not know.

use std::time::Duration;

use vestibule_domain::installation::InstallationId;

/// How old an object is before it can be an orphan: far longer than a request may take, within which an
/// object waits for the commit of the row that refers to it.
pub(super) const GRACE: Duration = Duration::from_hours(1);
/// How long after the start of the process sweeps only report, so that somebody can read what they would do.
pub(super) const REPORTING: Duration = Duration::from_hours(1);
/// So many orphans are removed whatever their share: a handful among a handful of pictures.
const HANDFUL: u64 = 10;
/// The part, in percent, of the pictures in a place without a mark that must be ours before it becomes ours.
const OURS: u64 = 50;

/// What a sweep may do; data of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepPolicy {
    /// Whether it removes orphans, or only counts them.
    pub removes: bool,
    /// The share of the pictures, in percent, above which they are not removed.
    pub percent: u8,
}

/// What a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// How it ended.
    pub end: SweepEnd,
    /// What it counted.
    pub found: Found,
    /// Orphans that are gone.
    pub removed: u64,
    /// Orphans that could not be removed.
    pub failed: u64,
    /// Remains of uploads that are gone.
    pub cut_off: u64,
}

/// How a sweep ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepEnd {
    /// What could be removed is.
    Removed,
    /// It was told to only report.
    ReportedBySetting,
    /// The process has not run for long enough to do more than report.
    ReportedAfterStart,
    /// The place has its mark since now, and the next sweep removes: whoever marked it at the same time is
    /// seen until then.
    Marked,
    /// It was asked to stop.
    Interrupted,
    /// The pictures are those of another installation.
    AnotherInstallation {
        /// Which one.
        owner: InstallationId,
        /// This one.
        own: InstallationId,
    },
    /// Nobody has marked the place, and too few of the pictures there are ours to mark it.
    Unmarked,
    /// No row refers to any of the pictures.
    NothingReferenced,
    /// More would be removed than may be.
    TooMany {
        /// How many may be.
        most: u64,
    },
}

impl SweepEnd {
    /// Whether somebody has to look into it.
    pub fn is_alarming(&self) -> bool {
        matches!(
            self,
            Self::AnotherInstallation { .. }
                | Self::Unmarked
                | Self::NothingReferenced
                | Self::TooMany { .. }
        )
    }

    /// Its name, for metrics.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::ReportedBySetting | Self::ReportedAfterStart => "reported",
            Self::Marked => "marked",
            Self::Interrupted => "interrupted",
            Self::AnotherInstallation { .. } => "another_installation",
            Self::Unmarked => "unmarked",
            Self::NothingReferenced => "nothing_referenced",
            Self::TooMany { .. } => "too_many",
        }
    }
}

/// What there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Found {
    pub pictures: u64,
    /// Those of them that no row refers to.
    pub orphans: u64,
}

impl Found {
    /// How many may be removed.
    pub(super) fn most(self, policy: SweepPolicy) -> u64 {
        let share = u128::from(self.pictures) * u128::from(policy.percent) / 100;
        HANDFUL.max(u64::try_from(share).unwrap_or(u64::MAX))
    }

    /// Why nothing may be removed, if so.
    pub(super) fn objection(self, policy: SweepPolicy) -> Option<SweepEnd> {
        let most = self.most(policy);
        if self.orphans == 0 {
            None
        } else if self.orphans >= self.pictures {
            Some(SweepEnd::NothingReferenced)
        } else if self.orphans > most {
            Some(SweepEnd::TooMany { most })
        } else {
            None
        }
    }

    /// Whether a place with these pictures and without a mark is taken for ours.
    pub(super) fn looks_like_ours(self, policy: SweepPolicy) -> bool {
        let orphans = u128::from(self.orphans) * 100;
        let most = u128::from((100 - OURS).max(policy.percent.into()));
        self.pictures == 0 || self.orphans < self.pictures && orphans <= u128::from(self.pictures) * most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: SweepPolicy = SweepPolicy { removes: true, percent: 20 };

    fn found(orphans: u64, pictures: u64) -> Found {
        Found { pictures, orphans }
    }

    #[test]
    fn a_handful_or_a_share_is_removed_and_no_more() {
        for (orphans, pictures, most) in
            [(0, 0, 10), (10, 11, 10), (20, 100, 20), (200_000, 1_000_000, 200_000)]
        {
            assert_eq!(found(orphans, pictures).most(POLICY), most);
            assert_eq!(found(orphans, pictures).objection(POLICY), None, "{orphans} of {pictures}");
        }
        for (orphans, pictures, most) in [(11, 12, 10), (21, 100, 20), (u64::MAX - 1, u64::MAX, u64::MAX / 5)]
        {
            let objection = found(orphans, pictures).objection(POLICY);
            assert_eq!(objection, Some(SweepEnd::TooMany { most }), "{orphans} of {pictures}");
        }
    }

    #[test]
    fn where_nothing_is_referred_to_nothing_is_removed_however_little_it_is() {
        let all = SweepPolicy { percent: 100, ..POLICY };
        for pictures in [1, 9, 1_000] {
            assert_eq!(found(pictures, pictures).objection(all), Some(SweepEnd::NothingReferenced));
        }
    }

    #[test]
    fn the_limit_can_be_lifted() {
        let all = SweepPolicy { percent: 100, ..POLICY };
        assert_eq!(found(999, 1_000).objection(all), None);
        assert!(found(999, 1_000).looks_like_ours(all));
        assert!(!found(1_000, 1_000).looks_like_ours(all));
    }

    #[test]
    fn a_place_without_a_mark_is_ours_if_it_is_empty_or_half_of_it_is() {
        for (orphans, pictures, is_ours) in [
            (0, 0, true),
            (0, 1, true),
            (1, 1, false),
            (1, 2, true),
            (2, 3, false),
            (50, 100, true),
            (51, 100, false),
        ] {
            assert_eq!(found(orphans, pictures).looks_like_ours(POLICY), is_ours, "{orphans} of {pictures}");
        }
    }
}
