//! What the form before this page has done.

/// What a form has done. The page to which the browser is led says it; its address names it by a word of this list, so
/// that no address makes a page say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    SessionEnded,
    SessionsEnded,
    PasswordChanged,
    Proved,
    Deleted,
    /// The same of an account that its owner does not bring back.
    StaffDeleted,
    Restored,
    SignedOut,
    ResetRequested,
}

impl Done {
    const ALL: [Self; 9] = [
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::PasswordChanged,
        Self::Proved,
        Self::Deleted,
        Self::StaffDeleted,
        Self::Restored,
        Self::SignedOut,
        Self::ResetRequested,
    ];

    /// Its word in an address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::SessionEnded => "session-ended",
            Self::SessionsEnded => "sessions-ended",
            Self::PasswordChanged => "password-changed",
            Self::Proved => "proved",
            Self::Deleted => "deleted",
            Self::StaffDeleted => "staff-deleted",
            Self::Restored => "restored",
            Self::SignedOut => "signed-out",
            Self::ResetRequested => "reset-requested",
        }
    }

    /// What a word means; `None` for any other text.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}
