//! Countries.

use vestibule_domain::catalogue::{Country, CountryCode};
use vestibule_domain::store::StoreError;

use super::tables::CatalogueTables;

impl CatalogueTables {
    /// Finds a country, or adds it with this name.
    pub(super) fn resolve_country(
        &mut self,
        code: &CountryCode,
        name: Option<&str>,
    ) -> Result<i64, StoreError> {
        if let Some(country) = self.countries.find(code) {
            return Ok(country.id);
        }
        let id = self.countries.next_id();
        self.countries.insert(Country { id, code: code.clone(), name: name.map(str::to_owned) })?;
        Ok(id)
    }
}
