//! Accounts by the beginning of their address.

use std::sync::Arc;

use vestibule_domain::accounts::{AddressBeginning, DirectoryEntry, EmailAddress};
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::error::use_case_error;

/// Answers the accounts whose address begins so, in the trash too, for an [`Administrator`].
pub struct FindAddresses {
    store: Arc<dyn Store>,
}

/// The beginning, and which of the hits.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FindAddressesInput {
    pub administrator: Administrator,
    pub beginning: AddressBeginning,
    /// `None` begins with the first address.
    pub after: Option<EmailAddress>,
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum FindAddressesError {}
}

impl FindAddresses {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Lists, in the order of the addresses.
    pub async fn execute(
        &self,
        input: FindAddressesInput,
    ) -> Result<Vec<DirectoryEntry>, FindAddressesError> {
        let FindAddressesInput { administrator: _, beginning, after, limit } = input;
        let mut repositories = self.store.repositories();
        Ok(repositories.directory().with_address(&beginning, after.as_ref(), limit).await?)
    }
}
