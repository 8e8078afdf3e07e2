//! Table `verification_codes`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;
use vestibule_domain::verification::{CodeKey, VerificationCode};

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

pub(in crate::db) const TABLE: &str = "verification_codes";

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "verification_codes")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    id: i64,
    channel: String,
    /// The address or number.
    recipient: String,
    purpose: String,
    user_id: Option<i64>,
    /// Keyed hash of the code, or of who gave it back.
    code: String,
    attempts: i32,
    created_at: Utc,
    expires_at: Utc,
    verified_at: Option<Utc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, channel, recipient, purpose, user_id, code, attempts, created_at, expires_at, verified_at);

impl From<&VerificationCode> for ActiveModel {
    fn from(code: &VerificationCode) -> Self {
        Self {
            id: NotSet,
            channel: Set(code.key.channel().name().to_owned()),
            recipient: Set(code.key.to().to_owned()),
            purpose: Set(code.key.purpose().name().to_owned()),
            user_id: Set(code.account.map(|id| id.0)),
            code: Set(code.digest.to_hex()),
            attempts: Set(i32::try_from(code.attempts).unwrap_or(i32::MAX)),
            created_at: Set(code.created_at.into()),
            expires_at: Set(code.expires_at.into()),
            verified_at: Set(code.verified_at.map(Utc::from)),
        }
    }
}

impl Model {
    /// The code that this row of a key keeps.
    pub(in crate::db) fn into_code(self, key: &CodeKey) -> Result<VerificationCode, StoreError> {
        Ok(VerificationCode {
            key: key.clone(),
            account: self.user_id.map(AccountId),
            digest: SecretDigest::from_hex(&self.code).ok_or_else(|| damaged(TABLE, "code", self.id))?,
            attempts: self.attempts.unsigned_abs(),
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
            verified_at: self.verified_at.map(|time| time.0),
        })
    }
}
