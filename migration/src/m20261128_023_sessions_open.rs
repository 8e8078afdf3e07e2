//! An index on open sessions by account, newest first: each login asks for those beyond the cap, however many were
//! revoked before them.

use sea_orm_migration::prelude::*;

use crate::schema::index;

const NAME: &str = "ix_sessions_user_id_revoked_at";
const TABLE: &str = "sessions";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(NAME, TABLE, &["user_id", "revoked_at", "created_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await
    }
}
