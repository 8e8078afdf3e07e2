//! The kinds of rows that are removed when they expire.

/// A kind of rows that expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Purgeable {
    /// Refresh tokens that expired before their session.
    RefreshTokens,
    /// Sessions that expired, with their refresh tokens.
    Sessions,
    /// Reset tokens that expired.
    ResetTokens,
    /// Accounts that were never activated, with all that belongs to them.
    UnactivatedAccounts,
    ParkedMessages,
    /// Records of messages that were sent.
    SentMessages,
    /// Events of the audit trail.
    AuditEvents,
    /// Codes that expired, and what they proved.
    VerificationCodes,
    /// Idempotency keys with their answers.
    IdempotencyKeys,
    /// Keys of other systems that no hash needs any more.
    ImportKeys,
    /// Days of the statistics.
    DailyCounts,
    /// Accounts that lay in the trash too long, and those whose removal for good was cut off.
    TrashedAccounts,
}

impl Purgeable {
    /// Every kind. Refresh tokens come before sessions, so that less goes with one session at once.
    pub const ALL: [Self; 12] = [
        Self::RefreshTokens,
        Self::Sessions,
        Self::ResetTokens,
        Self::UnactivatedAccounts,
        Self::ParkedMessages,
        Self::SentMessages,
        Self::AuditEvents,
        Self::VerificationCodes,
        Self::IdempotencyKeys,
        Self::ImportKeys,
        Self::DailyCounts,
        Self::TrashedAccounts,
    ];

    /// The kind's name in metrics, such as `refresh_tokens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RefreshTokens => "refresh_tokens",
            Self::Sessions => "sessions",
            Self::ResetTokens => "reset_tokens",
            Self::UnactivatedAccounts => "unactivated_accounts",
            Self::ParkedMessages => "parked_messages",
            Self::SentMessages => "sent_messages",
            Self::AuditEvents => "audit_events",
            Self::VerificationCodes => "verification_codes",
            Self::IdempotencyKeys => "idempotency_keys",
            Self::ImportKeys => "import_keys",
            Self::DailyCounts => "daily_counts",
            Self::TrashedAccounts => "trashed_accounts",
        }
    }
}
