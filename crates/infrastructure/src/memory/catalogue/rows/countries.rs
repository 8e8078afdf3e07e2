//! Rows of the table: countries.

use vestibule_domain::catalogue::{Country, CountryCode};
use vestibule_domain::store::Constraint;

use super::super::super::row::Row;

impl Row for Country {
    type Key = i64;
    type Entry = CountryCode;
    const PRIMARY_KEY: Option<Constraint> = None;

    fn key(&self) -> i64 {
        self.id
    }

    fn entries(&self) -> Vec<(CountryCode, Option<Constraint>)> {
        vec![(self.code.clone(), None)]
    }
}
