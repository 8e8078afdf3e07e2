//! Table `refresh_tokens`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, SessionId, TokenId};
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key)]
    id: i64,
    jti: Uuid,
    session_id: Uuid,
    user_id: i64,
    parent: Option<Uuid>,
    /// Digest of the token.
    token: String,
    issued_at: Utc,
    expires_at: Utc,
    rotated_at: Option<Utc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, jti, session_id, user_id, parent, token, issued_at, expires_at, rotated_at);

impl From<&RefreshToken> for ActiveModel {
    fn from(token: &RefreshToken) -> Self {
        Self {
            id: NotSet,
            jti: Set(token.id.0),
            session_id: Set(token.session.0),
            user_id: Set(token.account.0),
            parent: Set(token.parent.map(|parent| parent.0)),
            token: Set(token.digest.to_hex()),
            issued_at: Set(token.issued_at.into()),
            expires_at: Set(token.expires_at.into()),
            rotated_at: Set(token.rotated_at.map(Utc::from)),
        }
    }
}

impl TryFrom<Model> for RefreshToken {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let digest = SecretDigest::from_hex(&row.token);
        Ok(Self {
            id: TokenId(row.jti),
            session: SessionId(row.session_id),
            account: AccountId(row.user_id),
            parent: row.parent.map(TokenId),
            digest: digest.ok_or_else(|| damaged("refresh_tokens", "token", row.id))?,
            issued_at: row.issued_at.0,
            expires_at: row.expires_at.0,
            rotated_at: row.rotated_at.map(|time| time.0),
        })
    }
}
