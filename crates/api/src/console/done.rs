//! What the form before this page has done.

/// What a form has done. The page to which the browser is led says it; its address names it by a word of this list, so
/// that no address makes a page say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    ResetSent,
    RoleChanged,
    /// The account has had the role before.
    RoleKept,
    Trashed,
    Restored,
    Purged,
    SessionEnded,
    SessionsEnded,
    SignedOut,
    MessageRetried,
    TestSent,
    MovieChanged,
}

impl Done {
    const ALL: [Self; 12] = [
        Self::ResetSent,
        Self::RoleChanged,
        Self::RoleKept,
        Self::Trashed,
        Self::Restored,
        Self::Purged,
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::SignedOut,
        Self::MessageRetried,
        Self::TestSent,
        Self::MovieChanged,
    ];

    /// Its word in an address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::ResetSent => "reset-sent",
            Self::RoleChanged => "role-changed",
            Self::RoleKept => "role-kept",
            Self::Trashed => "trashed",
            Self::Restored => "restored",
            Self::Purged => "purged",
            Self::SessionEnded => "session-ended",
            Self::SessionsEnded => "sessions-ended",
            Self::SignedOut => "signed-out",
            Self::MessageRetried => "message-retried",
            Self::TestSent => "test-sent",
            Self::MovieChanged => "movie-changed",
        }
    }

    /// What a word means; `None` for any other text.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.word() == word)
    }
}
