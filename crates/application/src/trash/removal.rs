//! Removing for good what an account has, a part at a time.

use std::collections::HashSet;
use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::media::ObjectKey;
use vestibule_domain::store::{Repositories, Store, StoreError};
use vestibule_domain::trash::RemovedKinds;

use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::media::RemovePicture;
use crate::retry::retrying;

/// How many rows a unit of work removes at the most. With all of a large account in one, a store with a single
/// writer would keep everybody waiting for seconds.
const PART: u64 = 2_000;

/// Decides on removals, and goes on with those that began. Whatever cuts one off, the next purge finds it and goes on;
/// two that meet do no harm.
pub(crate) struct Removal {
    store: Arc<dyn Store>,
    remove_picture: RemovePicture,
    audit: AuditTrail,
}

impl Removal {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            remove_picture: RemovePicture::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Decides, in a unit that has the account locked, that it is removed for good. `false` if it is not in the trash.
    ///
    /// It is recorded here, where it is known who wants it, and once: what was decided before is only gone on with.
    pub(crate) async fn decide(
        &self,
        unit: &mut dyn Repositories,
        account: &Account,
        by: AuditActor,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let was_decided = unit.trash().is_being_removed(account.id).await?;
        if !unit.trash().begin_removal(account.id, now).await? {
            return Ok(false);
        }
        if !was_decided {
            let entry = Entry::new(AuditAction::AccountRemoved, by).on(account.details.uuid);
            self.audit.record(unit, &entry).await?;
        }
        Ok(true)
    }

    /// Removes an account whose removal began, and all that belongs to it. Begins no part once `go_on` says no.
    /// Whether it is gone by this call.
    pub(crate) async fn finish(
        &self,
        account: AccountId,
        go_on: impl Fn() -> bool,
    ) -> Result<bool, StoreError> {
        let mut parts = Parts::of(account);
        loop {
            if !go_on() {
                return Ok(false);
            }
            if let Some(is_gone) = self.next_part(&mut parts, &go_on).await? {
                return Ok(is_gone);
            }
        }
    }

    /// Removes the next part of what belongs to an account whose removal began; at last the account, and whether it is
    /// gone by this call. Removes no further picture once `go_on` says no.
    pub(crate) async fn next_part(
        &self,
        parts: &mut Parts,
        go_on: impl Fn() -> bool,
    ) -> Result<Option<bool>, StoreError> {
        if self.next_some(parts, go_on).await? {
            return Ok(None);
        }
        let account = parts.account;
        let remove = || async { self.store.repositories().trash().remove(account).await };
        Ok(Some(retrying(remove).await?.is_some()))
    }

    /// Removes the next part of what belongs to an account, and counts it. `false` once only the account is left.
    pub(super) async fn next_some(
        &self,
        parts: &mut Parts,
        go_on: impl Fn() -> bool,
    ) -> Result<bool, StoreError> {
        let account = parts.account;
        let some = || async { self.store.repositories().trash().remove_some(account, PART).await };
        let removed = retrying(some).await?;
        parts.kinds += removed.kinds;
        // Their rows are gone, so what fails or is cut off here is swept up later.
        let pictures = match self.left_alone(removed.pictures).await {
            Ok(pictures) => pictures,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "pictures of an account wait for the sweep: it is not known which of them others refer to"
                );
                parts.are_pictures_removed = false;
                Vec::new()
            }
        };
        parts.pictures += pictures.len() as u64;
        if parts.are_pictures_removed {
            parts.are_pictures_removed = self.remove_picture.execute_while(pictures, &go_on).await;
        }
        Ok(removed.rows > 0)
    }

    /// Those of the pictures that nothing refers to any more, each once. What another account shows stays.
    async fn left_alone(&self, pictures: Vec<ObjectKey>) -> Result<Vec<ObjectKey>, StoreError> {
        if pictures.is_empty() {
            return Ok(pictures);
        }
        let used = || async { self.store.repositories().pictures().in_use(&pictures).await };
        let used = retrying(used).await?;
        let mut met = HashSet::new();
        let is_left = |key: &ObjectKey| !used.contains(key) && met.insert(*key);
        Ok(pictures.iter().copied().filter(is_left).collect())
    }
}

/// A removal that goes on part by part.
pub(crate) struct Parts {
    account: AccountId,
    /// A place of pictures that does not answer holds up one part, and neither the removal nor those after it.
    pub(super) are_pictures_removed: bool,
    /// What was removed by now.
    pub(super) kinds: RemovedKinds,
    /// How many pictures went with it, or go at the next sweep, as far as that is known. Those that other accounts refer
    /// to stay.
    pub(super) pictures: u64,
}

impl Parts {
    pub(crate) fn of(account: AccountId) -> Self {
        Self { account, are_pictures_removed: true, kinds: RemovedKinds::default(), pictures: 0 }
    }
}
