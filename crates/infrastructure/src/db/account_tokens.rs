//! Activation and password reset tokens.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, AccountTokenRepository};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;

use super::entities::Utc;
use super::entities::account_tokens::{Column, Model, table};
use super::errors::store_error;
use super::expiry::purge_expired;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> AccountTokenRepository for SeaScope<H> {
    async fn put(&mut self, token: &AccountToken) -> Result<(), StoreError> {
        let replaced = [Column::Token, Column::CreatedAt, Column::ExpiresAt];
        let mut insert = Query::insert();
        insert
            .into_table(table(token.kind))
            .columns([Column::UserId, Column::Token, Column::CreatedAt, Column::ExpiresAt])
            .values_panic([
                token.account.0.into(),
                token.digest.to_hex().into(),
                Expr::val(Utc::from(token.created_at)),
                Expr::val(Utc::from(token.expires_at)),
            ])
            .on_conflict(OnConflict::column(Column::UserId).update_columns(replaced).to_owned());
        self.writes().execute(&insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn of_account(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<Option<AccountToken>, StoreError> {
        let mut select = Query::select();
        select.columns(Model::COLUMNS).from(table(kind)).and_where(Expr::col(Column::UserId).eq(account.0));
        let row = self.reads().query_one(&select).await.map_err(store_error)?;
        let row = row.map(|row| Model::from_query_result(&row, "")).transpose().map_err(store_error)?;
        row.map(|row| row.into_token(kind, account)).transpose()
    }

    async fn consume(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
        digest: &SecretDigest,
    ) -> Result<bool, StoreError> {
        self.remove(kind, account, Some(digest)).await
    }

    async fn revoke(&mut self, kind: AccountTokenKind, account: AccountId) -> Result<bool, StoreError> {
        self.remove(kind, account, None).await
    }

    async fn purge_expired(
        &mut self,
        kind: AccountTokenKind,
        now: OffsetDateTime,
        limit: u64,
    ) -> Result<u64, StoreError> {
        purge_expired(self.writes(), table(kind), now, limit).await
    }
}

impl<H: Handle> SeaScope<H> {
    /// Removes the account's token, if it has this digest when one is given. Whether there was one.
    async fn remove(
        &self,
        kind: AccountTokenKind,
        account: AccountId,
        digest: Option<&SecretDigest>,
    ) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete.from_table(table(kind)).and_where(Expr::col(Column::UserId).eq(account.0));
        if let Some(digest) = digest {
            delete.and_where(Expr::col(Column::Token).eq(digest.to_hex()));
        }
        let deleted = self.writes().execute(&delete).await.map_err(store_error)?;
        Ok(deleted.rows_affected() > 0)
    }
}
