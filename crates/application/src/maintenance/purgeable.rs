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
    /// Codes that expired, and what they proved.
    VerificationCodes,
    /// Idempotency keys with their answers.
    IdempotencyKeys,
}

impl Purgeable {
    /// Every kind. Refresh tokens come before sessions, so that less goes with one session at once.
    pub const ALL: [Self; 7] = [
        Self::RefreshTokens,
        Self::Sessions,
        Self::ResetTokens,
        Self::UnactivatedAccounts,
        Self::ParkedMessages,
        Self::VerificationCodes,
        Self::IdempotencyKeys,
    ];

    /// Its name in metrics: `refresh_tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RefreshTokens => "refresh_tokens",
            Self::Sessions => "sessions",
            Self::ResetTokens => "reset_tokens",
            Self::UnactivatedAccounts => "unactivated_accounts",
            Self::ParkedMessages => "parked_messages",
            Self::VerificationCodes => "verification_codes",
            Self::IdempotencyKeys => "idempotency_keys",
        }
    }
}
