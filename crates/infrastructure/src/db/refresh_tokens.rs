//! Refresh tokens.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait as _, PostgresQueryBuilder, SelectStatement};
use sea_orm::{ColumnTrait, DeleteMany, EntityTrait, QueryFilter, QueryTrait, Value};
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::sessions::{RefreshToken, RefreshTokenRepository, SessionId, TokenId};
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::entities::refresh_tokens::{ActiveModel, Column, Entity, Model};
use super::errors::store_error;
use super::expiry::purge_expired;
use super::pool::{ByKey, KeptText, Statements as _};
use super::scope::{Handle, SeaScope};

static BY_DIGEST: KeptText = KeptText::of(|_| with(Expr::val(String::new())));
static BY_DIGESTS: ByKey<Model, 1> =
    ByKey::new(["text"], |[digest]| with(Expr::cust(digest)).limit(1).to_string(PostgresQueryBuilder));

fn with(digest: Expr) -> SelectStatement {
    Entity::find().filter(Column::Token.into_expr().eq(digest)).into_query()
}

#[async_trait]
impl<H: Handle> RefreshTokenRepository for SeaScope<H> {
    async fn insert(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(token));
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn by_digest(&mut self, digest: &SecretDigest) -> Result<Option<RefreshToken>, StoreError> {
        let key = Value::from(digest.to_hex());
        let alone = |backend| BY_DIGEST.with(backend, [key.clone()]);
        let rows = self.reads().rows_by_key(&BY_DIGESTS, [key.clone()], alone).await.map_err(store_error)?;
        rows.into_iter().next().map(RefreshToken::try_from).transpose()
    }

    async fn newest(&mut self, session: SessionId) -> Result<Option<RefreshToken>, StoreError> {
        let find = Entity::find().filter(Column::SessionId.eq(session.0)).filter(Column::RotatedAt.is_null());
        let row = self.reads().one(find).await.map_err(store_error)?;
        row.map(RefreshToken::try_from).transpose()
    }

    async fn rotate(&mut self, id: TokenId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::RotatedAt, Expr::val(Utc::from(at)))
            .filter(Column::Jti.eq(id.0))
            .filter(Column::RotatedAt.is_null());
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn revoke_family(&mut self, session: SessionId) -> Result<u64, StoreError> {
        self.delete(Entity::delete_many().filter(Column::SessionId.eq(session.0))).await
    }

    async fn revoke_all(&mut self, account: AccountId, except: Option<SessionId>) -> Result<u64, StoreError> {
        let mut delete = Entity::delete_many().filter(Column::UserId.eq(account.0));
        if let Some(except) = except {
            delete = delete.filter(Column::SessionId.ne(except.0));
        }
        self.delete(delete).await
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        purge_expired(self.writes(), "refresh_tokens", until, limit).await
    }
}

impl<H: Handle> SeaScope<H> {
    async fn delete(&self, delete: DeleteMany<Entity>) -> Result<u64, StoreError> {
        let deleted = self.writes().run(delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected)
    }
}
