//! Table `audit_events`.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::{AuditActor, AuditEvent, AuditEventId, RecordedAction};
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

const TABLE: &str = "audit_events";

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    at: Utc,
    actor_kind: String,
    actor: Option<Uuid>,
    account: Option<Uuid>,
    action: String,
    surface: String,
    client: Option<String>,
    request_id: Option<Uuid>,
    details: Option<String>,
    times: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, at, actor_kind, actor, account, action, surface, client, request_id, details, times);

impl From<&AuditEvent> for ActiveModel {
    fn from(event: &AuditEvent) -> Self {
        Self {
            id: Set(event.id.0),
            at: Set(event.at.into()),
            actor_kind: Set(event.actor.kind().to_owned()),
            actor: Set(event.actor.account().map(|account| account.0)),
            account: Set(event.account.map(|account| account.0)),
            action: Set(event.action.as_str().to_owned()),
            surface: Set(event.surface.clone()),
            client: Set(event.client.clone()),
            request_id: Set(event.request),
            details: Set(event.details.clone()),
            times: Set(i64::try_from(event.times).unwrap_or(i64::MAX)),
        }
    }
}

impl TryFrom<Model> for AuditEvent {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let damaged = |column| damaged(TABLE, column, row.id);
        Ok(Self {
            id: AuditEventId(row.id),
            at: row.at.0,
            actor: AuditActor::from_stored(&row.actor_kind, row.actor.map(AccountUuid))
                .ok_or_else(|| damaged("actor"))?,
            account: row.account.map(AccountUuid),
            action: RecordedAction::from_stored(row.action),
            surface: row.surface,
            client: row.client,
            request: row.request_id,
            details: row.details,
            times: u64::try_from(row.times).map_err(|_negative| damaged("times"))?,
        })
    }
}
