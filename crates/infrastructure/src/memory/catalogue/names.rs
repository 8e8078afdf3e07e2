//! Genres, actors, languages.

use vestibule_domain::catalogue::{Name, NameKind, NamedId};
use vestibule_domain::store::StoreError;

use super::rows::names::NameRow;
use super::tables::CatalogueTables;

impl CatalogueTables {
    /// Finds or adds a name.
    pub(super) fn resolve_name(&mut self, kind: NameKind, name: &Name) -> Result<i64, StoreError> {
        let rows = self.names_mut(kind);
        let folded = name.folded();
        if let Some(known) = rows.find(&folded) {
            return Ok(known.named.id);
        }
        let id = rows.next_id();
        rows.insert(NameRow { named: NamedId { id, name: name.as_str().to_owned() }, folded })?;
        Ok(id)
    }
}
