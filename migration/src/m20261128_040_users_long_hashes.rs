//! Room for hashes of other systems, which name their parameters and can be long. SQLite has no limit.
//!
//! `down` unsets the hashes that the release before has no room for. Nobody can log in to those accounts until their
//! passwords are reset.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

const TABLE: &str = "users";
const COLUMN: &str = "hashed_password";
/// In characters.
const SHORT: u32 = 255;
const LONG: u32 = 4096;
/// What stands for no password.
const UNSET: &str = "!";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        resize(manager, LONG).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let unset = Query::update()
            .table(TABLE)
            .value(COLUMN, UNSET)
            .and_where(Expr::expr(Func::char_length(Expr::col(COLUMN))).gt(SHORT))
            .to_owned();
        manager.execute(unset).await?;
        resize(manager, SHORT).await
    }
}

async fn resize(manager: &SchemaManager<'_>, length: u32) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let column = ColumnDef::new(COLUMN).string_len(length).not_null().to_owned();
    manager.alter_table(Table::alter().table(TABLE).modify_column(column).to_owned()).await
}
