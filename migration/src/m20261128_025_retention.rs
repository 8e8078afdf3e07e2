//! Indexes for the removal of expired rows: accounts that were never activated, and refresh tokens that expired
//! inside a living session.

use sea_orm_migration::prelude::*;

use crate::schema::index;

/// Name, table and columns.
const INDEXES: [(&str, &str, &[&str]); 2] = [
    ("ix_users_is_active_email_verified_at", "users", &["is_active", "email_verified_at", "created_at"]),
    ("ix_refresh_tokens_expires_at", "refresh_tokens", &["expires_at"]),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        Ok(())
    }
}
