//! Sessions.

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Select,
};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::sessions::{Session, SessionId, SessionRepository, SessionState};
use vestibule_domain::store::StoreError;

use super::entities::sessions::{ActiveModel, Column, Entity, Relation};
use super::entities::{Utc, groups, users};
use super::errors::{damaged, store_error};
use super::expiry::purge_expired;
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> SessionRepository for SeaScope<H> {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(session));
        insert.exec_without_returning(self.writes()).await.map_err(store_error)?;
        Ok(())
    }

    async fn state(&mut self, id: SessionId) -> Result<Option<SessionState>, StoreError> {
        let find = Entity::find_by_id(id.0)
            .select_only()
            .columns([Column::UserId, Column::ExpiresAt, Column::RevokedAt])
            .columns([
                users::Column::Uuid,
                users::Column::GroupId,
                users::Column::IsActive,
                users::Column::DeletedAt,
            ])
            .join(JoinType::InnerJoin, Relation::Users.def());
        let row = find.into_model::<StateRow>().one(self.reads()).await.map_err(store_error)?;
        row.map(SessionState::try_from).transpose()
    }

    async fn revoke(&mut self, id: SessionId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::val(Utc::from(at)))
            .filter(Column::Id.eq(id.0))
            .filter(Column::RevokedAt.is_null());
        let updated = update.exec(self.writes()).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn revoke_all(
        &mut self,
        account: AccountId,
        except: Option<SessionId>,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        let together = self.together().await?;
        let mut find = open(account).lock_exclusive();
        if let Some(except) = except {
            find = find.filter(Column::Id.ne(except.0));
        }
        let ids: Vec<Uuid> = find.into_tuple().all(&together).await.map_err(store_error)?;
        if !ids.is_empty() {
            let update = Entity::update_many()
                .col_expr(Column::RevokedAt, Expr::val(Utc::from(at)))
                .filter(Column::Id.is_in(ids.iter().copied()));
            update.exec(&together).await.map_err(store_error)?;
        }
        together.commit().await.map_err(store_error)?;
        Ok(ids.into_iter().map(SessionId).collect())
    }

    async fn open(&mut self, account: AccountId) -> Result<Vec<SessionId>, StoreError> {
        let ids: Vec<Uuid> = open(account).into_tuple().all(self.reads()).await.map_err(store_error)?;
        Ok(ids.into_iter().map(SessionId).collect())
    }

    async fn purge_expired(&mut self, now: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        // Their refresh tokens go with them, by their foreign key.
        purge_expired(self.writes(), "sessions", now, limit).await
    }
}

/// The ids of the account's sessions that are not revoked.
fn open(account: AccountId) -> Select<Entity> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::UserId.eq(account.0))
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
}

#[derive(FromQueryResult)]
struct StateRow {
    user_id: i64,
    expires_at: Utc,
    revoked_at: Option<Utc>,
    uuid: Uuid,
    group_id: i64,
    is_active: bool,
    deleted_at: Option<Utc>,
}

impl TryFrom<StateRow> for SessionState {
    type Error = StoreError;

    fn try_from(row: StateRow) -> Result<Self, StoreError> {
        let role = groups::role(row.group_id).ok_or_else(|| damaged("users", "group_id", row.user_id))?;
        Ok(Self {
            account: AccountId(row.user_id),
            uuid: AccountUuid(row.uuid),
            role,
            is_open: row.is_active && row.deleted_at.is_none() && row.revoked_at.is_none(),
            expires_at: row.expires_at.0,
        })
    }
}
