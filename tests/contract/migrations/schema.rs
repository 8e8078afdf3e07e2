//! What a database says of its schema.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Columns, keys, checks, indexes, triggers and their functions, one each.
const POSTGRES: &str = "
    SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, numeric_precision,
        numeric_scale, datetime_precision, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace";

const SQLITE: &str = "SELECT coalesce(sql, name) FROM sqlite_master";

async fn texts(db: &DatabaseConnection, sql: &str, column: usize) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(column).unwrap()).collect()
}

/// All that the database says of its schema, in a form in which two can be compared.
pub(crate) async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let mut schema = match db.get_database_backend() {
        DbBackend::Postgres => texts(db, POSTGRES, 0).await,
        DbBackend::Sqlite => texts(db, SQLITE, 0).await,
        _ => {
            let mut tables = Vec::new();
            for table in texts(db, "SHOW TABLES", 0).await {
                tables.extend(texts(db, &format!("SHOW CREATE TABLE {table}"), 1).await);
            }
            tables
        }
    };
    schema.sort_unstable();
    schema
}
