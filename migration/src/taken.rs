//! Tables that a change of the schema needs for itself, on PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Takes tables before a change touches the first of them. Elsewhere than on PostgreSQL nothing is taken.
///
/// A lock that is made stronger later meets whoever holds a weaker one and waits for this run: a circle, of which the
/// database gives up one. So everything that this change and those behind it in the run need is taken at once, at the
/// strongest level. Whoever has a long transaction, a dump for example, is waited for; but everybody else would wait behind
/// this. So after two seconds it gives way and tries again a second later, for about ten minutes.
///
/// # Errors
/// If the tables cannot be had in this time.
pub(crate) async fn take(manager: &SchemaManager<'_>, tables: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let taking = format!(
        "DO $take$ BEGIN
            FOR attempt IN 1 .. {ATTEMPTS} LOOP
                BEGIN
                    SET LOCAL lock_timeout = '2s';
                    LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE;
                    SET LOCAL lock_timeout = '10min';
                    RETURN;
                EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
                    IF attempt = {ATTEMPTS} THEN
                        RAISE;
                    END IF;
                    PERFORM pg_sleep(1);
                END;
            END LOOP;
        END $take$"
    );
    manager.get_connection().execute_unprepared(&taking).await?;
    Ok(())
}

const ATTEMPTS: u16 = 200;
