//! Lists of accounts that go on after one of them: by role, of those that may not sign in, and by the beginning of the
//! address.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{index, unique};
use crate::taken::take;

const TABLE: &str = "users";
/// With that of `m20261129_046_sessions_last_seen`, which follows in the same run.
const TAKEN: &str = "users, sessions";
const ROLES: &str = "ix_users_roles";
const INACTIVE: &str = "ix_users_inactive";
const ADDRESSES: &str = "ix_users_email";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TAKEN).await?;
        // 1 is the role of users: most accounts have it, and a list of them meets one in nearly every row.
        let roles = ["deleted_at", "group_id", "created_at", "id"];
        create_of_few(manager, ROLES, &roles, "group_id <> 1").await?;
        let inactive = ["is_active", "deleted_at", "created_at", "id"];
        create_of_few(manager, INACTIVE, &inactive, "is_active = FALSE").await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // By code points, whatever the collation of the database. It tells equal addresses as the other one did.
            drop_index(manager, ADDRESSES).await?;
            let by_code_points =
                format!("CREATE UNIQUE INDEX {ADDRESSES} ON {TABLE} (email varchar_pattern_ops)");
            manager.get_connection().execute_unprepared(&by_code_points).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, TABLE).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            drop_index(manager, ADDRESSES).await?;
            manager.create_index(unique(ADDRESSES, TABLE, "email")).await?;
        }
        for name in [INACTIVE, ROLES] {
            if manager.has_index(TABLE, name).await? {
                drop_index(manager, name).await?;
            }
        }
        Ok(())
    }
}

/// An index on the few rows for which a condition holds, so that other accounts do not write it. MySQL has no such index,
/// so there it is on all rows.
async fn create_of_few(
    manager: &SchemaManager<'_>,
    name: &'static str,
    columns: &[&'static str],
    which: &'static str,
) -> Result<(), DbErr> {
    // MySQL keeps each statement, so a run that was cut off has the index already.
    if manager.has_index(TABLE, name).await? {
        return Ok(());
    }
    let mut index = index(name, TABLE, columns);
    if manager.get_database_backend() != DbBackend::MySql {
        index.and_where(Expr::cust(which));
    }
    manager.create_index(index).await
}

async fn drop_index(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await
}
