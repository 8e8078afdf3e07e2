//! Reading straight from a database.
//!
//! All tables are read in one transaction that only reads, so that they are of one moment.

mod mysql;
mod postgres;
mod sqlite;

use std::time::Duration;

use tokio::runtime::Builder;

use crate::OpenError;
use crate::map::Map;
use crate::scan::{Sink as _, Stop, TableName, Want};
use crate::worker::Sender;

/// How long it may take to connect.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads the map's tables of a database: first the joined ones, then the main one.
pub(crate) fn read(url: &str, map: &Map, sender: &mut Sender) -> Result<(), Stop> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| OpenError::Database(error.to_string()))?;
    let scheme = url.split(':').next().unwrap_or_default();
    match scheme {
        "sqlite" => runtime.block_on(sqlite::read(url, map, sender)),
        "postgres" | "postgresql" => runtime.block_on(postgres::read(url, map, sender)),
        "mysql" | "mariadb" => runtime.block_on(mysql::read(url, map, sender)),
        _ => {
            let reason = "its URL begins with none of sqlite:, postgres://, mysql:// and mariadb://";
            Err(OpenError::Database(reason.to_owned()).into())
        }
    }
}

/// What is read of a table.
struct Reading {
    table: TableName,
    want: Want,
    /// Whether it is the main table.
    main: bool,
}

/// The tables of a database that the map reads, the main one last.
fn readings(tables: &[TableName], map: &Map, sender: &Sender) -> Result<Vec<Reading>, OpenError> {
    let mut readings = Vec::new();
    for table in tables {
        let is_left = map.left.tables.contains_key(&table.name);
        match sender.want(table) {
            Want::Rows => readings.push(Reading { table: table.clone(), want: Want::Rows, main: false }),
            Want::Count if is_left => {
                readings.push(Reading { table: table.clone(), want: Want::Count, main: false });
            }
            Want::Count | Want::Nothing => {}
        }
    }
    let mut mains = tables.iter().filter(|table| map.is_main(table));
    // The first name that the map gives wins where a database has several.
    let main = map.input.table.0.iter().find_map(|name| {
        tables.iter().find(|table| map.is_main(table) && table.name.eq_ignore_ascii_case(name))
    });
    let Some(main) = main.or_else(|| mains.next()) else {
        let tables = map.input.table.shown();
        return Err(OpenError::Missing(format!("there is no table {tables}, where the accounts are")));
    };
    readings.push(Reading { table: main.clone(), want: Want::Rows, main: true });
    Ok(readings)
}

/// An error of the driver. Its text names no value of a row; a URL with a password is not in it.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn failed(error: sqlx::Error) -> OpenError {
    OpenError::Database(error.to_string())
}

fn too_late(_: tokio::time::error::Elapsed) -> OpenError {
    OpenError::Database(format!("it did not answer within {} seconds", PATIENCE.as_secs()))
}
