//! Times.

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, Value, ValueType, ValueTypeErr};
use sea_orm::{ColIdx, QueryResult, TryGetError, TryGetable};
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A time as every backend keeps it: UTC, to the microsecond.
///
/// It is sent without an offset. SQLite compares times as text, and there the form that sqlx gives
/// to a time with an offset does not sort: `…:00.5Z` comes before `…:00Z`. Without the closing `Z` a
/// shorter fraction is a prefix of a longer one and sorts before it. PostgreSQL and MySQL read a
/// time without offset in the zone of the connection, which sqlx sets to UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::db) struct Utc(pub(in crate::db) OffsetDateTime);

impl From<OffsetDateTime> for Utc {
    fn from(time: OffsetDateTime) -> Self {
        let time = time.to_offset(UtcOffset::UTC);
        // What is finer than a microsecond is cut off here, since some backends would round it up.
        Self(time.replace_microsecond(time.microsecond()).unwrap_or(time))
    }
}

impl From<Utc> for Value {
    fn from(time: Utc) -> Self {
        PrimitiveDateTime::new(time.0.date(), time.0.time()).into()
    }
}

impl Nullable for Utc {
    fn null() -> Value {
        PrimitiveDateTime::null()
    }
}

impl TryGetable for Utc {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        OffsetDateTime::try_get_by(row, index).map(Self)
    }
}

impl ValueType for Utc {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <PrimitiveDateTime as ValueType>::try_from(value).map(|time| Self(time.assume_utc()))
    }

    fn type_name() -> String {
        "Utc".to_owned()
    }

    fn array_type() -> ArrayType {
        PrimitiveDateTime::array_type()
    }

    fn column_type() -> ColumnType {
        OffsetDateTime::column_type()
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[tokio::test]
    async fn times_read_back_and_sort_whatever_their_fractions() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        db.execute_unprepared("CREATE TABLE times (at timestamp_with_timezone_text)").await.unwrap();
        let start = datetime!(2026-11-20 09:59:59.999_999 UTC);
        let micros = [0, 1, 2, 10, 11, 100, 99_999, 100_000, 100_001, 500_000, 1_000_000, 1_000_001];
        let times = micros.map(|micros| Utc::from(start + Duration::microseconds(micros)));
        for time in times.iter().rev() {
            let insert = "INSERT INTO times VALUES (?)";
            db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, insert, [(*time).into()]))
                .await
                .unwrap();
        }
        let rows = db
            .query_all_raw(Statement::from_string(DbBackend::Sqlite, "SELECT at FROM times ORDER BY at"))
            .await
            .unwrap();
        let sorted: Vec<Utc> = rows.iter().map(|row| row.try_get("", "at").unwrap()).collect();
        assert_eq!(sorted, times);
    }

    #[tokio::test]
    async fn a_time_that_sqlite_made_reads_back() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        let made = "SELECT datetime('2026-11-20 10:00:00') AS at";
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, made)).await.unwrap();
        let time: Utc = row.unwrap().try_get("", "at").unwrap();
        assert_eq!(time.0, datetime!(2026-11-20 10:00 UTC));
    }

    #[test]
    fn parts_of_a_microsecond_are_cut_off() {
        let time = Utc::from(datetime!(2026-11-20 12:00:00.123_456_999 +02:00));
        assert_eq!(time.0, datetime!(2026-11-20 10:00:00.123_456 UTC));
    }
}
