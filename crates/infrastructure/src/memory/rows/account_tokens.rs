//! Rows of the table: activation and password reset tokens.

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::store::Constraint;

use super::super::row::Row;

/// The kind of a token, with an order for the index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum Kind {
    Activation,
    PasswordReset,
}

impl From<AccountTokenKind> for Kind {
    fn from(kind: AccountTokenKind) -> Self {
        match kind {
            AccountTokenKind::Activation => Self::Activation,
            AccountTokenKind::PasswordReset => Self::PasswordReset,
        }
    }
}

/// The index entries of tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) enum AccountTokenEntry {
    /// The digest, as hexadecimal digits.
    Digest(Kind, String),
    /// The end of the token's life.
    Expiry(Kind, OffsetDateTime, AccountId),
}

impl Row for AccountToken {
    type Key = (Kind, AccountId);
    type Entry = AccountTokenEntry;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> Self::Key {
        (self.kind.into(), self.account)
    }

    fn entries(&self) -> Vec<(AccountTokenEntry, Option<Constraint>)> {
        let kind = self.kind.into();
        let constraint = match kind {
            Kind::Activation => Constraint::ActivationTokens,
            Kind::PasswordReset => Constraint::PasswordResetTokens,
        };
        vec![
            (AccountTokenEntry::Digest(kind, self.digest.to_hex()), Some(constraint)),
            (AccountTokenEntry::Expiry(kind, self.expires_at, self.account), None),
        ]
    }
}
