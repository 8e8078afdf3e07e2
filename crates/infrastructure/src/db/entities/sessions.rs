//! Table `sessions`.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    user_id: i64,
    surface: String,
    user_agent: Option<String>,
    client_address: Option<String>,
    created_at: Utc,
    expires_at: Utc,
    revoked_at: Option<Utc>,
    last_seen_at: Option<Utc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {
    #[sea_orm(belongs_to = "super::users::Entity", from = "Column::UserId", to = "super::users::Column::Id")]
    Users,
}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, user_id, surface, user_agent, client_address, created_at, expires_at, revoked_at, last_seen_at);

impl From<&Session> for ActiveModel {
    fn from(session: &Session) -> Self {
        Self {
            id: Set(session.id.0),
            user_id: Set(session.account.0),
            surface: Set(session.surface.clone()),
            user_agent: Set(session.user_agent.clone()),
            client_address: Set(session.client_address.map(|address| address.to_string())),
            created_at: Set(session.created_at.into()),
            expires_at: Set(session.expires_at.into()),
            revoked_at: Set(session.revoked_at.map(Utc::from)),
            last_seen_at: Set(session.last_seen_at.map(Utc::from)),
        }
    }
}

impl TryFrom<Model> for Session {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let client_address = row.client_address.map(|address| address.parse()).transpose();
        Ok(Self {
            id: SessionId(row.id),
            account: AccountId(row.user_id),
            surface: row.surface,
            user_agent: row.user_agent,
            client_address: client_address
                .map_err(|_no_address| damaged("sessions", "client_address", row.id))?,
            created_at: row.created_at.0,
            expires_at: row.expires_at.0,
            revoked_at: row.revoked_at.map(|at| at.0),
            last_seen_at: row.last_seen_at.map(|at| at.0),
        })
    }
}
