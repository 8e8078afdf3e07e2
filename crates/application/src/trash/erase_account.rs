//! Erasing an account, with a certificate.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountUuid;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Store, StoreError};
use vestibule_domain::trash::RemovedKinds;

use super::removal::{Parts, Removal};
use super::{
    RemoveAccount, RemoveAccountError, RemoveAccountInput, TrashAccount, TrashAccountError, TrashAccountInput,
};
use crate::Deps;
use crate::accounts::{Administrator, OwnerOrAdministrator};
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Removes an account for good, wherever it is, and certifies in the audit trail what was removed: how much of each kind,
/// when and by whom. The certificate leads to no person, because the UUID stood beside the address in the account alone.
///
/// It is for the operator at the command line, on the wish of the owner.
pub struct EraseAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    trash: TrashAccount,
    remove: RemoveAccount,
    removal: Removal,
    audit: AuditTrail,
}

/// What was removed, as the certificate has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// When the account itself went.
    pub at: OffsetDateTime,
    /// How much of each kind went by this call. What an earlier removal took that was cut off is not among it.
    pub kinds: RemovedKinds,
    /// How many pictures it referred to.
    pub pictures: u64,
    /// Whether some of them wait for the sweep of pictures, because the place of pictures did not answer.
    pub pictures_wait: bool,
}

use_case_error! {
    /// Why the account is not gone. What was removed before stays so, and the next call or purge goes on.
    pub enum EraseAccountError {
        ..Trash(TrashAccountError),
        ..Remove(RemoveAccountError),
    }
}

impl EraseAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            trash: TrashAccount::new(deps),
            remove: RemoveAccount::new(deps),
            removal: Removal::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Erases it.
    pub async fn execute(&self, account: AccountUuid) -> Result<Erasure, EraseAccountError> {
        let who = OwnerOrAdministrator::operator(account);
        match self.trash.execute(TrashAccountInput { who, reason: String::new() }).await {
            Ok(()) | Err(TrashAccountError::AlreadyInTrash) => {}
            Err(error) => return Err(error.into()),
        }
        let administrator = Administrator::operator();
        let input = RemoveAccountInput { administrator, account };
        let id = retrying(|| self.remove.begin(&input)).await?;
        let mut parts = Parts::of(id);
        while self.removal.next_some(&mut parts, || true).await? {}
        let Parts { kinds, pictures, are_pictures_removed, .. } = parts;
        let pictures_wait = !are_pictures_removed;
        let entry = Entry::new(AuditAction::AccountErased, administrator.who())
            .on(account)
            .with("profiles", kinds.profiles)
            .with("contacts", kinds.contacts)
            .with("points_entries", kinds.points_entries)
            .with("sessions", kinds.sessions)
            .with("refresh_tokens", kinds.refresh_tokens)
            .with("idempotency_keys", kinds.idempotency_keys)
            .with("verification_codes", kinds.verification_codes)
            .with("sent_messages", kinds.sent_messages)
            .with("pictures", pictures)
            .with("pictures_wait", pictures_wait);
        // The account goes with the certificate, or not at all. Another removal may have been faster by now.
        let at = retrying(|| async {
            let at = self.clock.now();
            let mut unit = self.store.begin().await?;
            unit.trash().remove(id).await?;
            self.audit.record(&mut *unit, &entry).await?;
            unit.commit().await?;
            Ok::<_, StoreError>(at)
        });
        Ok(Erasure { at: at.await?, kinds, pictures, pictures_wait })
    }
}
