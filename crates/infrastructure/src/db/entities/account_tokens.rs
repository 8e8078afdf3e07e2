//! Tables `activation_tokens` and `password_reset_tokens`. The second has a column more.

use sea_orm::DeriveIden;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

/// The table of a kind.
pub(in crate::db) fn table(kind: AccountTokenKind) -> &'static str {
    match kind {
        AccountTokenKind::Activation => "activation_tokens",
        AccountTokenKind::PasswordReset => "password_reset_tokens",
    }
}

#[derive(Debug, Clone, Copy, DeriveIden)]
pub(in crate::db) enum Column {
    UserId,
    /// Digest of the token.
    Token,
    /// Where it was asked for; of reset tokens alone.
    Surface,
    CreatedAt,
    ExpiresAt,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::db) struct Model {
    token: String,
    surface: Option<String>,
    created_at: Utc,
    expires_at: Utc,
}

// The surface comes last, since not every kind has it.
row!(Model: token, created_at, expires_at, surface);

impl Model {
    /// The columns of every kind that a row is read from.
    pub(in crate::db) const COLUMNS: [Column; 3] = [Column::Token, Column::CreatedAt, Column::ExpiresAt];

    /// The token that this row of an account keeps.
    pub(in crate::db) fn into_token(
        self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<AccountToken, StoreError> {
        let digest = SecretDigest::from_hex(&self.token);
        Ok(AccountToken {
            kind,
            account,
            digest: digest.ok_or_else(|| damaged(table(kind), "token", account))?,
            surface: self.surface,
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
        })
    }
}
