//! Reading the keys of other systems that are kept.

use std::error::Error;
use std::sync::Arc;

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::Cause;
use vestibule_domain::accounts::import::{ImportKey, SealedImportKey};
use vestibule_domain::ports::{ImportKeySource, SealError, Sealer};
use vestibule_domain::store::{Store, StoreError, UnitOfWork};

use crate::retry::retrying;

/// The keys that imports have kept ([`KeepImportKeys`](super::KeepImportKeys)).
pub struct KeptImportKeys {
    store: Arc<dyn Store>,
    sealer: Arc<dyn Sealer>,
}

impl KeptImportKeys {
    /// The keys in a store, which this sealer sealed.
    pub fn new(store: Arc<dyn Store>, sealer: Arc<dyn Sealer>) -> Self {
        Self { store, sealer }
    }
}

#[async_trait]
impl ImportKeySource for KeptImportKeys {
    /// A key that does not open is left out, and the log names it: it was sealed by a server with other secrets.
    async fn load(&self) -> Result<Vec<ImportKey>, Cause> {
        let read = || async { self.store.repositories().import_keys().all().await };
        let mut keys = Vec::new();
        for kept in retrying(read).await? {
            match open(&*self.sealer, &kept) {
                Ok(key) => keys.push(key),
                Err(error) => tracing::error!(
                    key = kept.name,
                    error = &error as &dyn Error,
                    "a key of another system cannot be read, because it was kept by a server with other token secrets; \
                     an import with the key keeps it anew"
                ),
            }
        }
        Ok(keys)
    }
}

/// Holds keys for the rest of a unit of work. Answers the first whose name another key has, or one that another server
/// sealed.
pub(super) async fn other_holder<'k>(
    unit: &mut dyn UnitOfWork,
    sealer: &dyn Sealer,
    keys: &'k [ImportKey],
    stored: &[SealedImportKey],
) -> Result<Option<&'k str>, StoreError> {
    for (key, stored) in keys.iter().zip(stored) {
        let held = unit.import_keys().hold(stored).await?;
        if !open(sealer, &held).is_ok_and(|held| held == *key) {
            return Ok(Some(&key.name));
        }
    }
    Ok(None)
}

pub(super) fn seal_all(
    sealer: &dyn Sealer,
    keys: &[ImportKey],
    kept_at: OffsetDateTime,
) -> Result<Vec<SealedImportKey>, SealError> {
    let stored =
        |key: &ImportKey| Ok(SealedImportKey { name: key.name.clone(), sealed: seal(sealer, key)?, kept_at });
    keys.iter().map(stored).collect()
}

/// The name is sealed with the value, so that no key can be put in the place of another.
fn seal(sealer: &dyn Sealer, key: &ImportKey) -> Result<Vec<u8>, SealError> {
    sealer.seal(format!("{}={}", key.name, key.value).as_bytes())
}

pub(super) fn open(sealer: &dyn Sealer, kept: &SealedImportKey) -> Result<ImportKey, SealError> {
    let plain = String::from_utf8(sealer.open(&kept.sealed)?).map_err(|error| SealError(error.into()))?;
    match plain.split_once('=') {
        Some((name, value)) if name == kept.name => {
            Ok(ImportKey { name: name.to_owned(), value: value.to_owned() })
        }
        _ => Err(SealError("it is that of another key".into())),
    }
}
