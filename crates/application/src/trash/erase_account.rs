//! Erasing an account, with a certificate.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountUuid};
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
    /// How many pictures went with it. Those that other accounts refer to, too, stay.
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
        let input = RemoveAccountInput { administrator: Administrator::operator(), account };
        let id = retrying(|| self.remove.begin(&input)).await?;
        let mut parts = Parts::of(id);
        while self.removal.next_some(&mut parts, || true).await? {}
        Ok(retrying(|| self.end(id, account, &parts)).await?)
    }

    /// Removes the account together with its certificate, or neither. Another removal may have been faster by now.
    async fn end(&self, id: AccountId, account: AccountUuid, parts: &Parts) -> Result<Erasure, StoreError> {
        let &Parts { mut kinds, pictures, are_pictures_removed, .. } = parts;
        let at = self.clock.now();
        let mut unit = self.store.begin().await?;
        kinds.sent_messages += unit.trash().remove(id).await?.unwrap_or_default();
        let erasure = Erasure { at, kinds, pictures, pictures_wait: !are_pictures_removed };
        self.audit.record(&mut *unit, &erasure.certificate().on(account)).await?;
        unit.commit().await?;
        Ok(erasure)
    }
}

impl Erasure {
    fn certificate(&self) -> Entry {
        let kinds = &self.kinds;
        Entry::new(AuditAction::AccountErased, Administrator::operator().who())
            .with("profiles", kinds.profiles)
            .with("contacts", kinds.contacts)
            .with("points_entries", kinds.points_entries)
            .with("sessions", kinds.sessions)
            .with("refresh_tokens", kinds.refresh_tokens)
            .with("idempotency_keys", kinds.idempotency_keys)
            .with("verification_codes", kinds.verification_codes)
            .with("sent_messages", kinds.sent_messages)
            .with("pictures", self.pictures)
            .with("pictures_wait", self.pictures_wait)
    }
}
