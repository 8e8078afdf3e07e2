//! Keeping the keys of the system that accounts come from.

use std::sync::Arc;

use vestibule_domain::accounts::import::{ImportKey, SealedImportKey};
use vestibule_domain::ports::{Clock, Sealer};
use vestibule_domain::store::{Store, StoreError};

use super::Administrator;
use super::kept_import_keys::{open, seal_all};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Keeps keys, sealed, until no hash needs them: then [`PurgeExpired`](crate::maintenance::PurgeExpired) removes them.
pub struct KeepImportKeys {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    sealer: Arc<dyn Sealer>,
}

/// Why no key was kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepImportKeysError {
    /// Hashes need the key of this name, and it has another value.
    #[error(
        "password hashes from an earlier import need another key named {0}: give this one another name, and tell it by \
         `import_key`"
    )]
    Taken(String),
    /// As every use case may fail.
    #[error(transparent)]
    Failure(Failure),
}

impl<E> From<E> for KeepImportKeysError
where
    Failure: From<E>,
{
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

impl KeepImportKeys {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), sealer: deps.sealer.clone() }
    }

    /// Keeps all of the keys, or none. Comes before the first account whose hash needs one.
    pub async fn execute(
        &self,
        _administrator: Administrator,
        keys: &[ImportKey],
    ) -> Result<(), KeepImportKeysError> {
        if keys.is_empty() {
            return Ok(());
        }
        let sealed = seal_all(&*self.sealer, keys, self.clock.now())?;
        match retrying(|| self.keep(keys, &sealed)).await? {
            None => Ok(()),
            Some(taken) => Err(KeepImportKeysError::Taken(taken)),
        }
    }

    /// Keeps the keys. Answers the name of one that is taken, if there is such.
    async fn keep(
        &self,
        keys: &[ImportKey],
        sealed: &[SealedImportKey],
    ) -> Result<Option<String>, StoreError> {
        let mut unit = self.store.begin().await?;
        for (key, sealed) in keys.iter().zip(sealed) {
            // An import that adds accounts holds its keys too, so that what needs them is seen below.
            let held = unit.import_keys().hold(sealed).await?;
            let is_another = open(&*self.sealer, &held).is_ok_and(|held| held != *key);
            if is_another && unit.import_keys().is_needed(&key.name).await? {
                return Ok(Some(key.name.clone()));
            }
            unit.import_keys().keep(sealed).await?;
        }
        unit.commit().await?;
        Ok(None)
    }
}
