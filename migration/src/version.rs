//! The releases of MySQL and MariaDB that the server and its schema can use.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Refuses a release that accepts the schema with another meaning: one that does not enforce checks, has no collation
/// by code point, or cannot skip locked rows.
pub(crate) async fn check(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let ask = Statement::from_string(DbBackend::MySql, "SELECT version()");
    let row = connection.query_one_raw(ask).await?;
    let version: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if is_served(&version) {
        return Ok(());
    }
    Err(DbErr::Custom(format!(
        "the database server is of version {version}; MySQL must be 8.0.17 or newer, MariaDB 10.6 or newer"
    )))
}

fn is_served(version: &str) -> bool {
    // Some servers put a prefix in front that old clients needed: 5.5.5-10.11.6-MariaDB.
    let version = version.trim_start_matches("5.5.5-");
    let mut numbers = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let numbers = [(); 3].map(|()| numbers.next().unwrap_or(0));
    numbers >= if version.contains("MariaDB") { [10, 6, 0] } else { [8, 0, 17] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_by_their_numbers() {
        for served in ["8.0.17", "8.4.2-log", "9.1.0", "10.6.0-MariaDB", "5.5.5-10.11.6-MariaDB-0+deb12u1"] {
            assert!(is_served(served), "{served}");
        }
        for refused in ["", "5.7.44", "8.0.16", "10.5.27-MariaDB", "5.5.5-10.3.39-MariaDB"] {
            assert!(!is_served(refused), "{refused}");
        }
    }
}
