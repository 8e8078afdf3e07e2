//! The rules by which a sweep removes orphans or stops. They protect pictures that only seem to belong to nobody:
//! those of another installation, and those that an older copy of the database does not know.

use std::time::Duration;

use vestibule_domain::installation::InstallationId;

/// The least age of an orphan. A request stores its object before it commits the row that refers to it; the age is
/// far longer than a request may take.
pub(super) const GRACE: Duration = Duration::from_hours(1);
/// How long after the start of the process sweeps only report, so that an operator can read what they would remove.
pub(super) const REPORTING: Duration = Duration::from_hours(1);
/// This many orphans may be removed whatever their share, because among a few pictures a few orphans are a large
/// share.
const HANDFUL: u64 = 10;
/// The share, in percent, of the pictures in a place without a mark that must be ours before the place is marked as
/// ours.
const OURS: u64 = 50;

/// What a sweep may do, as the settings say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SweepPolicy {
    /// Whether the sweep removes orphans. Otherwise it only counts them.
    pub removes: bool,
    /// The share of the pictures, in percent, that may be removed. If more are orphans, none is removed.
    pub percent: u8,
}

/// The result of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Swept {
    pub end: SweepEnd,
    pub found: Found,
    /// How many orphans were removed.
    pub removed: u64,
    /// How many orphans could not be removed.
    pub failed: u64,
    /// How many remains of uploads were removed.
    pub cut_off: u64,
}

/// The reason for which a sweep ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepEnd {
    /// The sweep removed every orphan that could be removed.
    Removed,
    /// The settings allow only reports.
    ReportedBySetting,
    /// The process has not run long enough for more than a report.
    ReportedAfterStart,
    /// This sweep put the mark, and the next one removes. If another installation puts its mark at the same time, the
    /// next sweep sees which mark stayed.
    Marked,
    /// The sweep was told to stop.
    Interrupted,
    /// Another server sweeps.
    Elsewhere,
    /// The place carries the mark of another installation.
    AnotherInstallation {
        /// The installation in the mark.
        owner: InstallationId,
        /// This installation.
        own: InstallationId,
    },
    /// The place has no mark, and too few of its pictures are ours to mark it.
    Unmarked,
    /// No row refers to any picture in the place.
    NothingReferenced,
    /// There are more orphans than may be removed.
    TooMany {
        /// How many may be removed.
        most: u64,
    },
}

impl SweepEnd {
    /// Whether an operator has to look into it.
    pub fn is_alarming(&self) -> bool {
        matches!(
            self,
            Self::AnotherInstallation { .. }
                | Self::Unmarked
                | Self::NothingReferenced
                | Self::TooMany { .. }
        )
    }

    /// The name in metrics.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::ReportedBySetting | Self::ReportedAfterStart => "reported",
            Self::Marked => "marked",
            Self::Interrupted => "interrupted",
            Self::Elsewhere => "elsewhere",
            Self::AnotherInstallation { .. } => "another_installation",
            Self::Unmarked => "unmarked",
            Self::NothingReferenced => "nothing_referenced",
            Self::TooMany { .. } => "too_many",
        }
    }
}

/// What a sweep counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Found {
    pub pictures: u64,
    /// Pictures that no row refers to.
    pub orphans: u64,
}

impl Found {
    /// How many orphans may be removed.
    pub(super) fn most(self, policy: SweepPolicy) -> u64 {
        let share = u128::from(self.pictures) * u128::from(policy.percent) / 100;
        HANDFUL.max(u64::try_from(share).unwrap_or(u64::MAX))
    }

    /// The reason for which nothing may be removed; `None` if orphans may be removed.
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

    /// Whether a place without a mark, with these pictures, is taken to be ours.
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
