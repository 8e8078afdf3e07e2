//! An index on keys of pictures: the sweep asks for each key whether a row refers to it.

use sea_orm_migration::prelude::*;

use crate::schema::index;

const NAME: &str = "ix_user_profiles_avatar";
const TABLE: &str = "user_profiles";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(NAME, TABLE, &["avatar"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await
    }
}
