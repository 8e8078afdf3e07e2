//! What is counted.

use time::Date;

/// Declares the kinds with their stored names, and the list of all of them.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal,)+) => {
        /// What is counted. The names are stored, so they never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CountKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl CountKind {
            /// All kinds, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The stored name, of at most 32 characters.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// Accounts that were added by a registration.
    SignUps = "sign_ups",
    /// Sessions that were opened.
    LogIns = "log_ins",
    /// Attempts to log in that were refused after the password was compared.
    FailedLogIns = "failed_log_ins",
    /// Mails that a mail server took.
    Mails = "mails",
    /// Points that were added or deducted.
    PointsMoved = "points_moved",
}

impl CountKind {
    /// Reads a name that [`CountKind::as_str`] gave. `None` for a kind of another release.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }
}

/// How often something happened on a day, at a surface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DailyCount {
    /// The day, in UTC.
    pub day: Date,
    /// The surface, as the audit trail calls it; at most 32 characters.
    pub surface: String,
    /// What happened.
    pub kind: CountKind,
    /// How often, or how many points.
    pub amount: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for kind in CountKind::ALL {
            assert_eq!(CountKind::from_name(kind.as_str()), Some(*kind));
            assert!(kind.as_str().len() <= 32);
        }
        assert_eq!(CountKind::from_name("of_another_release"), None);
    }
}
