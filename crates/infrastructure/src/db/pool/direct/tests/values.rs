//! Values of every type, written and read beside sqlx.

use proptest::prelude::*;
use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::super::row;
use super::super::super::rows::of_results;
use super::super::super::statements::Statements as _;
use super::statement;
use crate::db::entities::Utc;
use crate::db::tests::in_file;

/// A column of each type that the migrations make.
#[derive(Debug, Clone, PartialEq)]
struct Kinds {
    integer: Option<i64>,
    small: Option<i16>,
    counter: Option<i32>,
    flag: Option<bool>,
    real: Option<f64>,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    uuid: Option<Uuid>,
    date: Option<Date>,
    time: Option<Utc>,
}

row!(Kinds: integer, small, counter, flag, real, text, bytes, uuid, date, time);

const KINDS: &str = "CREATE TABLE kinds (integer INTEGER, small smallint, counter integer, flag boolean, real double, \
                     text varchar(255), bytes blob, uuid uuid_text, date date_text, time timestamp_with_timezone_text)";

impl Kinds {
    fn insert(&self) -> Statement {
        let Self { integer, small, counter, flag, real, text, bytes, uuid, date, time } = self.clone();
        let values: [Value; 10] = [
            integer.into(),
            small.into(),
            counter.into(),
            flag.into(),
            real.into(),
            text.into(),
            bytes.into(),
            uuid.into(),
            date.into(),
            time.into(),
        ];
        let places = ["?"; 10].join(", ");
        Statement::from_sql_and_values(
            DbBackend::Sqlite,
            format!("INSERT INTO kinds VALUES ({places})"),
            values,
        )
    }
}

fn kinds() -> impl Strategy<Value = Kinds> {
    let days = (-30_000..2_900_000_i32)
        .prop_map(|day| Date::from_julian_day(1_721_426 + day.rem_euclid(2_900_000)).unwrap());
    let micros = (-60_000_000_000_000_000..250_000_000_000_000_000_i128)
        .prop_map(|micros| Utc(OffsetDateTime::from_unix_timestamp_nanos(micros * 1_000).unwrap()));
    let first = (
        any::<Option<i64>>(),
        any::<Option<i16>>(),
        any::<Option<i32>>(),
        any::<Option<bool>>(),
        proptest::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO),
    );
    let second = (
        proptest::option::of(".{0,12}"),
        any::<Option<Vec<u8>>>(),
        proptest::option::of(any::<u128>().prop_map(Uuid::from_u128)),
        proptest::option::of(days),
        proptest::option::of(micros),
    );
    (first, second).prop_map(|((integer, small, counter, flag, real), (text, bytes, uuid, date, time))| {
        Kinds { integer, small, counter, flag, real, text, bytes, uuid, date, time }
    })
}

/// What is stored, to the byte.
const STORED: &str = "SELECT quote(integer) || quote(small) || quote(counter) || quote(flag) || quote(real) || \
                      hex(text) || typeof(text) || quote(bytes) || quote(uuid) || quote(date) || quote(time) \
                      FROM kinds ORDER BY rowid";

#[test]
fn values_of_every_type_are_written_and_read_alike_by_both_ways() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (store, _, _folder) = runtime.block_on(in_file());
    runtime.block_on(store.pools.writer.execute_unprepared(KINDS)).unwrap();
    let mut runner = proptest::test_runner::TestRunner::default();
    let compared = runner.run(&kinds(), |kinds| {
        runtime.block_on(async {
            let (direct, sqlx) = (&store.pools, store.connection());
            direct.writer.execute_unprepared("DELETE FROM kinds").await.unwrap();
            direct.writer.execute_raw(kinds.insert()).await.unwrap();
            sqlx.execute_raw(kinds.insert()).await.unwrap();
            let stored = direct.reader.rows_of::<(String,)>(statement(STORED)).await.unwrap();
            prop_assert_eq!(&stored[0], &stored[1]);
            let all = "SELECT * FROM kinds";
            let rows = direct.reader.rows_of::<Kinds>(statement(all)).await.unwrap();
            prop_assert_eq!(rows, [kinds.clone(), kinds.clone()]);
            let rows = sqlx.query_all_raw(statement(all)).await.unwrap();
            prop_assert_eq!(of_results::<Kinds>(&rows).unwrap(), [kinds.clone(), kinds.clone()]);
            Ok(())
        })
    });
    compared.unwrap();
}

/// Texts and numbers that may stand in a column of times, and in one of dates.
#[tokio::test]
async fn what_others_wrote_is_read_or_refused_alike_by_both_ways() {
    let (store, _, _folder) = in_file().await;
    let mut literals = vec![
        "'2026-11-20 10:00:00'",
        "'2026-11-20 10:00:00.5'",
        "'2026-11-20 10:00:00.123456'",
        "'2026-11-20T10:00:00'",
        "'2026-11-20T10:00:00Z'",
        "'2026-11-20T10:00:00.25Z'",
        "'2026-11-20 10:00:00Z'",
        "'2026-11-20T10:00:00+02:00'",
        "'2026-11-20 10:00:00+00:00'",
        "'2026-11-20 10:00:00.5+02:00'",
        "'2026-11-20 10:00'",
        "'2026-11-20'",
        "'2026-02-30'",
        "'2024-02-29'",
        "'0000-01-01'",
        "'+026-11-20'",
        "'2026-+1-20'",
        "'2026-11-2x'",
        "'2026-11-20 10:00:00.123456789'",
        "'2026-11-20 10:00:00.1234567891'",
        "'2026-11-20 10:00:00.+5'",
        "'2026-11-20 10:00:60.5'",
        "'2026-11-20 24:00:00.5'",
        "'2026-11-31 10:00:00.5'",
        "'-0044-03-15'",
        "'-0044-03-15 10:00:00.5'",
        "'2026-11-2é'",
        "'2026-11-2é 10:00:00.5'",
        "'2026-11-20 10:00:0é.5'",
        "'2026-11-20 10:00:00.٣'",
        "'noon'",
        "''",
        "1763632800",
        "1.5",
        "x'00'",
        "NULL",
    ];
    literals.extend(["x'000102030405060708090a0b0c0d0e0f'", "'0123456789abcdef'", "99999", "x'ff'"]);
    for literal in literals {
        let select = format!("SELECT {literal}");
        macro_rules! compare {
            ($($type:ty),+) => {$(
                let direct = store.pools.reader.rows_of::<($type,)>(statement(&select)).await.ok();
                let rows = store.connection().query_all_raw(statement(&select)).await.unwrap();
                assert_eq!(direct, of_results::<($type,)>(&rows).ok(), "{literal} as {}", stringify!($type));
            )+};
        }
        compare!(Utc, Option<Utc>, Date, Option<Date>, Uuid, Option<Uuid>, i64, Option<i16>, i32, bool, f64);
        compare!(String, Option<String>);
    }
}
