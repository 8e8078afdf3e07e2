//! How often the removal of an account in the trash failed, and until when it is left alone, so that it holds up no
//! other.

use sea_orm_migration::prelude::*;

use crate::schema::time;

const TABLE: &str = "trash";
const FAILURES: &str = "removal_failures";
const PUT_OFF_UNTIL: &str = "removal_put_off_until";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let failures = ColumnDef::new(FAILURES).integer().not_null().default(0).to_owned();
        // One column a statement, as SQLite wants it.
        for (name, column) in [(FAILURES, failures), (PUT_OFF_UNTIL, time(manager, PUT_OFF_UNTIL))] {
            // MySQL keeps each statement, so a run that was cut off has some of them already.
            if !manager.has_column(TABLE, name).await? {
                manager.alter_table(Table::alter().table(TABLE).add_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [PUT_OFF_UNTIL, FAILURES] {
            if manager.has_column(TABLE, column).await? {
                manager.alter_table(Table::alter().table(TABLE).drop_column(column).to_owned()).await?;
            }
        }
        Ok(())
    }
}
