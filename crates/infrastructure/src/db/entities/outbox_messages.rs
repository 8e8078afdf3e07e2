//! Table `outbox_messages`.

use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use vestibule_domain::messages::{Channel, Language, MessageId, OutboxMessage, QueuedMessage};
use vestibule_domain::store::StoreError;

use super::Utc;
use crate::db::errors::damaged;
use crate::db::pool::row;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_messages")]
pub(in crate::db) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(in crate::db) id: Uuid,
    channel: String,
    language: String,
    sealed_notice: Vec<u8>,
    pub(in crate::db) created_at: Utc,
    available_at: Utc,
    pub(in crate::db) attempts: i32,
    lease: Option<Uuid>,
    leased_until: Option<Utc>,
    leased_by: Option<Uuid>,
    parked_at: Option<Utc>,
    last_error: Option<String>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(in crate::db) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

row!(Model: id, channel, language, sealed_notice, created_at, available_at, attempts, lease, leased_until, leased_by, parked_at, last_error);

impl From<&OutboxMessage> for ActiveModel {
    fn from(message: &OutboxMessage) -> Self {
        Self {
            id: Set(message.id.0),
            channel: Set(message.channel.name().to_owned()),
            language: Set(message.language.tag().to_owned()),
            sealed_notice: Set(message.sealed_notice.clone()),
            created_at: Set(message.created_at.into()),
            available_at: Set(message.available_at.into()),
            attempts: Set(i32::try_from(message.attempts).unwrap_or(i32::MAX)),
            lease: NotSet,
            leased_until: NotSet,
            leased_by: NotSet,
            parked_at: NotSet,
            last_error: NotSet,
        }
    }
}

impl TryFrom<Model> for OutboxMessage {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let damaged = |column| damaged("outbox_messages", column, row.id);
        Ok(Self {
            id: MessageId(row.id),
            channel: Channel::from_name(&row.channel).ok_or_else(|| damaged("channel"))?,
            language: Language::from_tag(&row.language).ok_or_else(|| damaged("language"))?,
            created_at: row.created_at.0,
            available_at: row.available_at.0,
            attempts: u32::try_from(row.attempts).map_err(|_negative| damaged("attempts"))?,
            sealed_notice: row.sealed_notice,
        })
    }
}

impl TryFrom<Model> for QueuedMessage {
    type Error = StoreError;

    fn try_from(mut row: Model) -> Result<Self, StoreError> {
        let (parked_at, reason) = (row.parked_at.map(|at| at.0), row.last_error.take());
        Ok(Self { message: row.try_into()?, parked_at, reason })
    }
}
