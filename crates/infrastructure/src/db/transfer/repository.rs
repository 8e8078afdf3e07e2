//! The repository.

use async_trait::async_trait;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::accounts::import::{AccountTransfer, Holder, Identities, WholeAccount};
use vestibule_domain::store::StoreError;

use super::super::errors::store_error;
use super::super::scope::{Handle, SeaScope};
use super::{add, holders, read};

#[async_trait]
impl<H: Handle> AccountTransfer for SeaScope<H> {
    async fn holders(&mut self, identities: &Identities) -> Result<Vec<Holder>, StoreError> {
        holders::holders(self.reads(), identities).await
    }

    async fn insert(&mut self, accounts: &[WholeAccount]) -> Result<(), StoreError> {
        let together = self.together().await?;
        add::add(&together, accounts).await?;
        together.commit().await.map_err(store_error)
    }

    async fn after(
        &mut self,
        after: AccountId,
        limit: u64,
    ) -> Result<(Vec<WholeAccount>, Option<AccountId>), StoreError> {
        read::after(self.reads(), after, limit).await
    }
}
