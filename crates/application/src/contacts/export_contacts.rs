//! Writing an address book out.

use std::sync::Arc;

use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::audit::AuditAction;
use vestibule_domain::contacts::{Contact, ContactId};
use vestibule_domain::store::Store;

use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Reads an address book part by part, for an [`Administrator`]. Each part is of one moment, the whole is not.
pub struct ExportContacts {
    store: Arc<dyn Store>,
    audit: AuditTrail,
}

/// So many contacts are read at a time.
const PART: u64 = 500;

use_case_error! {
    /// Why no contacts were read.
    pub enum ExportContactsError {}
}

impl ExportContacts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), audit: AuditTrail::new(deps) }
    }

    /// Records that the address book of an account is read. Comes before the first part.
    pub async fn begin(
        &self,
        administrator: Administrator,
        account: AccountUuid,
    ) -> Result<(), ExportContactsError> {
        let entry = Entry::new(AuditAction::ContactsExported, administrator.who()).on(account);
        let recorded = retrying(|| async {
            let mut unit = self.store.begin().await?;
            self.audit.record(&mut *unit, &entry).await?;
            unit.commit().await
        });
        Ok(recorded.await?)
    }

    /// The contacts behind one, in the order of their ids. None are left where the answer is empty.
    pub async fn part(
        &self,
        _administrator: Administrator,
        account: AccountId,
        after: ContactId,
    ) -> Result<Vec<Contact>, ExportContactsError> {
        let read = || async { self.store.repositories().contacts().after(account, after, PART).await };
        Ok(retrying(read).await?)
    }
}
