//! What is removed in time.

/// A kind of rows that are removed when they are past their life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purgeable {
    /// Refresh tokens that expired before their session.
    RefreshTokens,
    /// Sessions that expired, with their refresh tokens.
    Sessions,
    /// Reset tokens that expired.
    ResetTokens,
    /// Accounts that were never activated, with all that belongs to them.
    UnactivatedAccounts,
    /// Messages that were given up.
    ParkedMessages,
    /// Accounts that lay in the trash too long, and those whose removal for good was cut off.
    TrashedAccounts,
}

impl Purgeable {
    /// Every kind. Refresh tokens come before sessions, so that less goes with one session at once.
    pub const ALL: [Self; 6] = [
        Self::RefreshTokens,
        Self::Sessions,
        Self::ResetTokens,
        Self::UnactivatedAccounts,
        Self::ParkedMessages,
        Self::TrashedAccounts,
    ];

    /// Its name in metrics: `refresh_tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RefreshTokens => "refresh_tokens",
            Self::Sessions => "sessions",
            Self::ResetTokens => "reset_tokens",
            Self::UnactivatedAccounts => "unactivated_accounts",
            Self::ParkedMessages => "parked_messages",
            Self::TrashedAccounts => "trashed_accounts",
        }
    }
}
