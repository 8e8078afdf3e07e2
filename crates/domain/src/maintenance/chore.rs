//! The chores.

/// Work that has to be done again and again, by one server of an installation at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chore {
    /// Removing what has expired, and the accounts that lay in the trash too long.
    Purge,
    /// Removing pictures that no row refers to.
    Sweep,
}

impl Chore {
    /// The name in the store, in metrics and in the log, of at most 32 characters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Purge => "purge",
            Self::Sweep => "sweep",
        }
    }
}
