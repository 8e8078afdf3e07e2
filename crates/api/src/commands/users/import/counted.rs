//! As what the check counts a row.

use vestibule_application::accounts::Presence;
use vestibule_domain::accounts::import::ImportedPassword;

use super::report::ImportSummary;

/// As what the check counts a good row. A row that has an identifier of an earlier one is found at the end of the check,
/// and then counts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Its account is there already.
    Here,
    /// It is to be added, with a password.
    Added,
    /// It is to be added, without one.
    WithoutPassword,
    /// It is to be added, with a hash that is wrapped before.
    Wrapped,
}

impl Counted {
    /// Each of them at the place of its number.
    pub(super) const ALL: [Self; 4] = [Self::Here, Self::Added, Self::WithoutPassword, Self::Wrapped];

    /// As what an account is counted that is not refused.
    pub(super) fn of(presence: Presence, password: &ImportedPassword) -> Self {
        match (presence, password) {
            (Presence::Here, _) => Self::Here,
            (_, ImportedPassword::Unset | ImportedPassword::Empty) => Self::WithoutPassword,
            (_, ImportedPassword::Weak(_)) => Self::Wrapped,
            (_, ImportedPassword::Hash(_)) => Self::Added,
        }
    }

    pub(super) fn count(self, summary: &mut ImportSummary) {
        self.in_each(summary, |count| *count += 1);
    }

    pub(super) fn take_back(self, summary: &mut ImportSummary) {
        self.in_each(summary, |count| *count = count.saturating_sub(1));
    }

    fn in_each(self, summary: &mut ImportSummary, change: impl Fn(&mut u64)) {
        if self == Self::Here {
            change(&mut summary.here);
            return;
        }
        change(&mut summary.added);
        match self {
            Self::Here | Self::Added => {}
            Self::WithoutPassword => change(&mut summary.without_password),
            Self::Wrapped => change(&mut summary.wrapped),
        }
    }
}
