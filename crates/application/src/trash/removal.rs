//! Removing for good what an account has, a part at a time.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::store::{Store, StoreError};

use crate::Deps;
use crate::media::RemovePicture;
use crate::retry::retrying;

/// How many rows a unit of work removes at the most. With all of a large account in one, a store with a single
/// writer would keep everybody waiting for seconds.
const PART: u64 = 2_000;

/// Goes on with removals that began. Whatever cuts one off, the next purge finds it and goes on; two that meet do no
/// harm.
pub(crate) struct Removal {
    store: Arc<dyn Store>,
    remove_picture: RemovePicture,
}

impl Removal {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), remove_picture: RemovePicture::new(deps) }
    }

    /// Removes an account whose removal began, and all that belongs to it. Begins no part once `go_on` says no.
    /// Whether it is gone by this call.
    pub(crate) async fn finish(
        &self,
        account: AccountId,
        go_on: impl Fn() -> bool,
    ) -> Result<bool, StoreError> {
        loop {
            if !go_on() {
                return Ok(false);
            }
            let some = || async { self.store.repositories().trash().remove_some(account, PART).await };
            let removed = retrying(some).await?;
            // Their rows are gone, so what is cut off here is swept up later.
            for picture in removed.pictures {
                self.remove_picture.execute(picture).await;
            }
            if removed.rows == 0 {
                break;
            }
        }
        retrying(|| async { self.store.repositories().trash().remove(account).await }).await
    }
}
