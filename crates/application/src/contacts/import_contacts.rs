//! Importing many contacts.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::ImportedContact;
use vestibule_domain::audit::AuditAction;
use vestibule_domain::store::Store;

use super::known_contacts::{Changes, KnownContacts, Learnt};
use crate::Deps;
use crate::accounts::Administrator;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::retry::retrying;

/// Adds contacts to the address book of an account, a batch in one unit of work, for an [`Administrator`]. Contacts with
/// the same facts as one that is there are passed over, so that an import that broke off can be begun anew.
pub struct ImportContacts {
    store: Arc<dyn Store>,
    audit: AuditTrail,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportedContacts {
    /// Contacts that were added.
    pub added: u64,
    /// Contacts that were there already.
    pub here: u64,
}

use_case_error! {
    /// Why no contact of the batch was added.
    pub enum ImportContactsError {
        /// There is no such account.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// What is in the trash stays as it is.
        #[error("the account is in the trash")]
        InTrash => ALREADY_IN_TRASH,
    }
}

impl ImportContacts {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), audit: AuditTrail::new(deps) }
    }

    /// Reads what the address book has. An import asks for this once.
    pub async fn known(
        &self,
        _administrator: Administrator,
        account: AccountId,
    ) -> Result<KnownContacts, ImportContactsError> {
        let read = || async {
            let mut known = KnownContacts::new();
            let mut learnt = Learnt::beside(&known);
            learnt.catch_up(&mut *self.store.repositories(), account).await?;
            let changes = learnt.into_changes();
            known.take_over(changes);
            Ok(known)
        };
        retrying(read).await
    }

    /// Tells what would become of a batch. Nothing is written.
    pub fn look(&self, known: &mut KnownContacts, batch: &[ImportedContact]) -> ImportedContacts {
        let mut learnt = Learnt::beside(known);
        let here = batch.iter().filter(|contact| learnt.meets(&contact.facts)).count() as u64;
        let changes = learnt.into_changes();
        known.take_over(changes);
        ImportedContacts { added: batch.len() as u64 - here, here }
    }

    /// Adds the new contacts of a batch.
    pub async fn execute(
        &self,
        administrator: Administrator,
        account: AccountId,
        batch: &[ImportedContact],
        known: &mut KnownContacts,
    ) -> Result<ImportedContacts, ImportContactsError> {
        let (imported, changes) = retrying(|| self.attempt(administrator, account, batch, known)).await?;
        known.take_over(changes);
        Ok(imported)
    }

    async fn attempt(
        &self,
        administrator: Administrator,
        account: AccountId,
        batch: &[ImportedContact],
        known: &KnownContacts,
    ) -> Result<(ImportedContacts, Changes), ImportContactsError> {
        let mut unit = self.store.begin().await?;
        // Of two imports at once the second waits here, and then sees what the first has added.
        let locked = unit.accounts().lock(account).await?.ok_or(ImportContactsError::NotFound)?;
        if locked.details.deleted_at.is_some() {
            return Err(ImportContactsError::InTrash);
        }
        let mut learnt = Learnt::beside(known);
        learnt.catch_up(&mut *unit, account).await?;
        let new: Vec<ImportedContact> =
            batch.iter().filter(|contact| !learnt.meets(&contact.facts)).cloned().collect();
        let added = new.len() as u64;
        if added > 0 {
            unit.contacts().insert_all(account, &new).await?;
            // What was just added is met by those who brought it.
            learnt.catch_up(&mut *unit, account).await?;
            for contact in &new {
                learnt.meets(&contact.facts);
            }
            let entry = Entry::new(AuditAction::ContactsImported, administrator.who());
            self.audit.record(&mut *unit, &entry.on(locked.details.uuid).times(added)).await?;
            unit.commit().await?;
        }
        Ok((ImportedContacts { added, here: batch.len() as u64 - added }, learnt.into_changes()))
    }
}
