//! Sessions.

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, AddressMark, EmailAddress};
use vestibule_domain::sessions::{
    CLOCKS_DIFFER, Session, SessionId, SessionRepository, SessionState, can_be_seen_at,
};
use vestibule_domain::store::StoreError;

use super::entities::sessions::{ActiveModel, Column, Entity, Relation};
use super::entities::{Utc, groups, refresh_tokens, users};
use super::errors::{damaged, store_error};
use super::expiry::{at_most, purge_expired};
use super::parts::parts;
use super::pool::{Statements, row};
use super::scope::{Handle, SeaScope};

#[async_trait]
impl<H: Handle> SessionRepository for SeaScope<H> {
    async fn insert(&mut self, session: &Session) -> Result<(), StoreError> {
        let insert = Entity::insert(ActiveModel::from(session));
        self.writes().run(insert).await.map_err(store_error)?;
        Ok(())
    }

    async fn state(&mut self, id: SessionId) -> Result<Option<SessionState>, StoreError> {
        let find = Entity::find_by_id(id.0)
            .select_only()
            .columns([
                Column::UserId,
                Column::Surface,
                Column::CreatedAt,
                Column::ExpiresAt,
                Column::RevokedAt,
            ])
            .columns([
                users::Column::Uuid,
                users::Column::Email,
                users::Column::GroupId,
                users::Column::IsActive,
                users::Column::DeletedAt,
            ])
            .join(JoinType::InnerJoin, Relation::Users.def());
        let row = self.reads().first::<StateRow>(find.as_query()).await.map_err(store_error)?;
        row.map(SessionState::try_from).transpose()
    }

    async fn revoke(&mut self, id: SessionId, at: OffsetDateTime) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::val(Utc::from(at)))
            .filter(Column::Id.eq(id.0))
            .filter(Column::RevokedAt.is_null());
        let updated = self.writes().run(update).await.map_err(store_error)?;
        Ok(updated.rows_affected > 0)
    }

    async fn revoke_all(
        &mut self,
        account: AccountId,
        except: Option<SessionId>,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        let others = except.map(|except| Column::Id.ne(except.0));
        let which = unrevoked(account).add_option(others);
        let listed = Listed::read(self.reads(), &which, 0).await?;
        if listed.newest.is_some() {
            let together = self.together().await?;
            revoke(&together, which, &listed, at).await?;
            together.commit().await.map_err(store_error)?;
        }
        Ok(listed.ids)
    }

    async fn revoke_oldest(
        &mut self,
        account: AccountId,
        keep: u64,
        at: OffsetDateTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        let open = unrevoked(account).add(Column::ExpiresAt.gt(Utc::from(at)));
        let listed = Listed::read(self.reads(), &open, keep).await?;
        if let Some(newest) = listed.newest {
            let which = open.add(up_to(newest));
            let together = self.together().await?;
            // This is not a subquery, because with the statistics of a smaller table PostgreSQL takes minutes for a
            // large one.
            for part in parts(&listed.ids) {
                let sessions = part.iter().map(|id| id.0);
                let delete = refresh_tokens::Entity::delete_many()
                    .filter(refresh_tokens::Column::SessionId.is_in(sessions));
                together.run(delete).await.map_err(store_error)?;
            }
            revoke(&together, which, &listed, at).await?;
            together.commit().await.map_err(store_error)?;
        }
        Ok(listed.ids)
    }

    async fn open(&mut self, account: AccountId) -> Result<Vec<SessionId>, StoreError> {
        Ok(Listed::read(self.reads(), &unrevoked(account), 0).await?.ids)
    }

    async fn open_at(
        &mut self,
        account: AccountId,
        at: OffsetDateTime,
        limit: u64,
    ) -> Result<Vec<Session>, StoreError> {
        let find = Entity::find()
            .filter(unrevoked(account).add(Column::ExpiresAt.gt(Utc::from(at))))
            .order_by_desc(Column::RevokedAt)
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(at_most(limit));
        let rows = self.reads().all(find).await.map_err(store_error)?;
        rows.into_iter().map(|row| Ok(Session::try_from(row)?.listed_at(at))).collect()
    }

    async fn note_seen(
        &mut self,
        ids: &[SessionId],
        at: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        if !can_be_seen_at(at, now) {
            return Ok(());
        }
        let (at, latest) = (Utc::from(at), Utc::from(now.saturating_add(CLOCKS_DIFFER)));
        for part in parts(ids) {
            let is_earlier = Condition::any()
                .add(Column::LastSeenAt.is_null())
                .add(Column::LastSeenAt.lt(at))
                // No session can have been seen then.
                .add(Column::LastSeenAt.gt(latest));
            let update = Entity::update_many()
                .col_expr(Column::LastSeenAt, Expr::val(at))
                .filter(Column::Id.is_in(part.iter().map(|id| id.0)))
                .filter(is_earlier);
            self.writes().run(update).await.map_err(store_error)?;
        }
        Ok(())
    }

    async fn purge_expired(&mut self, now: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        // Their refresh tokens go with them, by their foreign key.
        purge_expired(self.writes(), "sessions", now, limit).await
    }
}

fn unrevoked(account: AccountId) -> Condition {
    Condition::all().add(Column::UserId.eq(account.0)).add(Column::RevokedAt.is_null())
}

/// The place of a session in the order of its account's sessions: its beginning and its id.
type Place = (Utc, Uuid);

/// The condition of the sessions up to a place. The first comparison follows from the second, and is there for the
/// index.
fn up_to((began, id): Place) -> Condition {
    let here = Condition::any().add(Column::CreatedAt.lt(began)).add(Column::Id.lte(id));
    Condition::all().add(Column::CreatedAt.lte(began)).add(here)
}

fn before((began, id): Place) -> Condition {
    up_to((began, id)).add(Condition::any().add(Column::CreatedAt.lt(began)).add(Column::Id.lt(id)))
}

/// How many sessions are read at once. The number is low enough for the memory of a request. It is high enough for
/// MariaDB, which may look again at everything that was read before.
const AT_ONCE: usize = 2_048;

/// Some of an account's sessions.
#[derive(Default)]
struct Listed {
    /// Newest first.
    ids: Vec<SessionId>,
    newest: Option<Place>,
}

impl Listed {
    /// Reads the account's sessions in parts, all except the `skip` newest.
    async fn read(connection: &impl Statements, which: &Condition, skip: u64) -> Result<Self, StoreError> {
        let mut listed = Self::default();
        let mut last = None;
        loop {
            let find = Entity::find()
                .select_only()
                .columns([Column::CreatedAt, Column::Id])
                .filter(which.clone())
                // All rows are equal in the first column. It is named because PostgreSQL uses the index only for an
                // order that begins with it.
                .order_by_desc(Column::RevokedAt)
                .order_by_desc(Column::CreatedAt)
                .order_by_desc(Column::Id)
                .limit(AT_ONCE as u64);
            let find = match last {
                None => find.offset(at_most(skip)),
                Some(last) => find.filter(before(last)),
            };
            let part = connection.rows::<Place>(find.as_query()).await.map_err(store_error)?;
            listed.newest = listed.newest.or(part.first().copied());
            listed.ids.extend(part.iter().map(|(_, id)| SessionId(*id)));
            if part.len() < AT_ONCE {
                return Ok(listed);
            }
            last = part.last().copied();
        }
    }
}

/// Revokes the listed sessions in one statement.
async fn revoke(
    connection: &impl Statements,
    which: Condition,
    listed: &Listed,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    let update = Entity::update_many().col_expr(Column::RevokedAt, Expr::val(Utc::from(at))).filter(which);
    let updated = connection.run(update).await.map_err(store_error)?;
    if updated.rows_affected > listed.ids.len() as u64 {
        return Err(StoreError::Retryable("a session began while others were revoked".into()));
    }
    Ok(())
}

row!(
    StateRow: user_id, surface, created_at, expires_at, revoked_at, uuid, email, group_id, is_active, deleted_at,
);

struct StateRow {
    user_id: i64,
    surface: String,
    created_at: Utc,
    expires_at: Utc,
    revoked_at: Option<Utc>,
    uuid: Uuid,
    email: Option<String>,
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
            address: row.email.map(|email| AddressMark::of(&EmailAddress::from_stored(email))),
            surface: row.surface,
            role,
            is_open: row.is_active && row.deleted_at.is_none() && row.revoked_at.is_none(),
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
        })
    }
}
