//! Activation and password reset tokens.

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Query, SelectStatement};
use sea_orm::{DbBackend, DbErr};
use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, AccountTokenRepository};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Constraint, StoreError};

use super::entities::Utc;
use super::entities::account_tokens::{Column, Model, table};
use super::errors::store_error;
use super::expiry::purge_expired;
use super::pool::{Columns, Places, Statements as _};
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> AccountTokenRepository for SeaScope<H> {
    async fn put(&mut self, token: &AccountToken) -> Result<(), StoreError> {
        let mut insert = insert(token);
        if self.writes().get_database_backend() == DbBackend::MySql {
            return self.replace_or(insert, token).await;
        }
        let mut replace = OnConflict::column(Column::UserId);
        replace.update_columns([Column::Token, Column::CreatedAt, Column::ExpiresAt]);
        if keeps_surface(token.kind) {
            replace.update_column(Column::Surface);
        }
        insert.on_conflict(replace);
        self.writes().execute(&insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn of_account(
        &mut self,
        kind: AccountTokenKind,
        account: AccountId,
    ) -> Result<Option<AccountToken>, StoreError> {
        let mut select = select(kind);
        select.and_where(Expr::col(Column::UserId).eq(account.0));
        let row = self.reads().first::<Model>(&select).await.map_err(store_error)?;
        row.map(|row| row.into_token(kind, account)).transpose()
    }

    async fn by_digest(
        &mut self,
        kind: AccountTokenKind,
        digest: &SecretDigest,
    ) -> Result<Option<AccountToken>, StoreError> {
        let mut select = select(kind);
        select.column(Column::UserId).and_where(Expr::col(Column::Token).eq(digest.to_hex()));
        let row = self.reads().first(&select).await.map_err(store_error)?;
        row.map(|OfAccount { token, account }| token.into_token(kind, AccountId(account))).transpose()
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

/// A token, and whose it is.
struct OfAccount {
    token: Model,
    account: i64,
}

impl Columns for OfAccount {
    fn read(places: &mut impl Places) -> Result<Self, DbErr> {
        Ok(Self { token: Model::read(places)?, account: places.next()? })
    }
}

/// Whether the table of this kind has the column `surface`.
fn keeps_surface(kind: AccountTokenKind) -> bool {
    kind == AccountTokenKind::PasswordReset
}

fn select(kind: AccountTokenKind) -> SelectStatement {
    let mut select = Query::select();
    select.columns(Model::COLUMNS).from(table(kind));
    if keeps_surface(kind) {
        select.column(Column::Surface);
    } else {
        select.expr_as(Expr::val(None::<String>), Column::Surface);
    }
    select
}

fn insert(token: &AccountToken) -> InsertStatement {
    let mut columns = vec![Column::UserId, Column::Token, Column::CreatedAt, Column::ExpiresAt];
    let mut values = vec![
        token.account.0.into(),
        token.digest.to_hex().into(),
        Expr::val(Utc::from(token.created_at)),
        Expr::val(Utc::from(token.expires_at)),
    ];
    if keeps_surface(token.kind) {
        columns.push(Column::Surface);
        values.push(token.surface.clone().into());
    }
    Query::insert().into_table(table(token.kind)).columns(columns).values_panic(values).to_owned()
}

impl<H: Handle> SeaScope<H> {
    /// MySQL's "insert or update" takes any unique index as a reason to update: it would change the row of the
    /// account that holds this digest. So the account's own row is updated first.
    async fn replace_or(&self, insert: InsertStatement, token: &AccountToken) -> Result<(), StoreError> {
        if self.replace(token).await? {
            return Ok(());
        }
        match self.writes().execute(&insert).await.map_err(store_error) {
            // Either somebody gave the account a token meanwhile, or the digest is taken.
            Err(StoreError::Conflict { constraint }) if constraint != Constraint::ForeignKey => {
                let is_replaced = self.replace(token).await?;
                if is_replaced { Ok(()) } else { Err(StoreError::Conflict { constraint }) }
            }
            inserted => inserted.map(drop),
        }
    }

    /// Writes the token into the account's row. `false` if it has none.
    async fn replace(&self, token: &AccountToken) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(table(token.kind))
            .value(Column::Token, token.digest.to_hex())
            .value(Column::CreatedAt, Expr::val(Utc::from(token.created_at)))
            .value(Column::ExpiresAt, Expr::val(Utc::from(token.expires_at)))
            .and_where(Expr::col(Column::UserId).eq(token.account.0));
        if keeps_surface(token.kind) {
            update.value(Column::Surface, token.surface.clone());
        }
        let updated = self.writes().execute(&update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    /// Removes the account's token, only if it has this digest where a digest is given. Answers whether a token was
    /// removed.
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
        Ok(deleted.rows_affected > 0)
    }
}
