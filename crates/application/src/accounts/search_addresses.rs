//! Accounts by a part inside their address.

use std::sync::Arc;

use vestibule_domain::accounts::{AddressPart, DirectoryEntry, EmailAddress};
use vestibule_domain::page::{Part, Reach};
use vestibule_domain::store::Store;

use super::Administrator;
use crate::Deps;
use crate::error::use_case_error;

/// So many addresses are looked at for a part of the hits. They are read from an index, entry by entry: an index of the
/// parts of addresses would have each import and sign-up pay for what operators seldom ask.
const LOOKED_AT: u64 = 30_000;

/// Answers the accounts whose address has a part and does not begin with it, in the trash too, for an
/// [`Administrator`]. Those that begin with it are answered by [`FindAddresses`](super::FindAddresses).
pub struct SearchAddresses {
    store: Arc<dyn Store>,
}

/// The part, and which of the hits.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SearchAddressesInput {
    pub administrator: Administrator,
    pub part: AddressPart,
    /// `None` begins with the first address.
    pub after: Option<EmailAddress>,
    pub limit: u64,
}

use_case_error! {
    /// Why there is no list.
    pub enum SearchAddressesError {}
}

impl SearchAddresses {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// Searches, in the order of the addresses. An answer with fewer hits than `limit` and a next place came to the end
    /// of what is looked at for it.
    pub async fn execute(
        &self,
        input: SearchAddressesInput,
    ) -> Result<Part<DirectoryEntry, EmailAddress>, SearchAddressesError> {
        let SearchAddressesInput { administrator: _, part, after, limit } = input;
        let reach = Reach { items: limit, looked_at: LOOKED_AT };
        let mut repositories = self.store.repositories();
        Ok(repositories.directory().with_address_part(&part, after.as_ref(), reach).await?)
    }
}
