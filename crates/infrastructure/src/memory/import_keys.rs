//! Keys of other systems.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::import::{ImportKeyRepository, SealedImportKey};
use vestibule_domain::store::StoreError;

use super::scope::{Access, MemoryScope};

#[async_trait]
impl<A: Access> ImportKeyRepository for MemoryScope<A> {
    async fn keep(&mut self, key: &SealedImportKey) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                let mut row = tables.import_keys.get(()).cloned().unwrap_or_default();
                row.0.insert(key.name.clone(), key.clone());
                tables.import_keys.put(row)
            })
            .await
    }

    async fn hold(&mut self, key: &SealedImportKey) -> Result<SealedImportKey, StoreError> {
        self.0
            .write(|tables| {
                let mut row = tables.import_keys.get(()).cloned().unwrap_or_default();
                let held = row.0.entry(key.name.clone()).or_insert_with(|| key.clone());
                held.kept_at = key.kept_at;
                let held = held.clone();
                tables.import_keys.put(row)?;
                Ok(held)
            })
            .await
    }

    async fn all(&mut self) -> Result<Vec<SealedImportKey>, StoreError> {
        self.0.read(|tables| {
            tables.import_keys.get(()).map(|row| row.0.values().cloned().collect()).unwrap_or_default()
        })
    }

    async fn is_needed(&mut self, name: &str) -> Result<bool, StoreError> {
        self.0.read(|tables| {
            tables.accounts.by_key(..).any(|account| {
                let hash = account.details.hashed_password.as_str();
                hash.starts_with("{foreign}") && hash.contains(name)
            })
        })
    }

    async fn remove(&mut self, name: &str, since: OffsetDateTime) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let mut row = tables.import_keys.get(()).cloned().unwrap_or_default();
                let is_old = row.0.get(name).is_some_and(|key| key.kept_at < since);
                if is_old {
                    row.0.remove(name);
                    tables.import_keys.put(row)?;
                }
                Ok(is_old)
            })
            .await
    }
}
