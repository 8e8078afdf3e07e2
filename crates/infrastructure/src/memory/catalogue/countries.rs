//! Countries.

use vestibule_domain::catalogue::{Country, CountryCode};
use vestibule_domain::store::{Constraint, StoreError};

use super::super::row::Row;
use super::tables::CatalogueTables;

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

impl CatalogueTables {
    /// Finds a country, or adds it with this name.
    pub(super) fn resolve_country(
        &mut self,
        code: &CountryCode,
        name: Option<&str>,
    ) -> Result<Country, StoreError> {
        if let Some(country) = self.countries.find(code) {
            return Ok(country.clone());
        }
        let country =
            Country { id: self.countries.next_id(), code: code.clone(), name: name.map(str::to_owned) };
        self.countries.insert(country.clone())?;
        Ok(country)
    }
}
