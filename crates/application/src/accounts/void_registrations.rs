//! Voiding registrations.

use vestibule_domain::accounts::{AccountId, AccountTokenKind};
use vestibule_domain::store::{Repositories, StoreError};

/// Removes everything that could activate the account: its pending registrations, and the activation token of a
/// release that did not keep those. Links that name a removed registration stop working.
pub(super) async fn void_all(unit: &mut dyn Repositories, account: AccountId) -> Result<(), StoreError> {
    unit.pending_registrations().remove_all(account).await?;
    unit.account_tokens().revoke(AccountTokenKind::Activation, account).await?;
    Ok(())
}
