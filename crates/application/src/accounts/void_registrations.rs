//! Making registrations void.

use vestibule_domain::accounts::{AccountId, AccountTokenKind};
use vestibule_domain::store::{Repositories, StoreError};

/// Removes all that could activate the account: its pending registrations, and the token of an account from
/// before these were kept. Links name a registration, so theirs are void too.
pub(super) async fn void_all(unit: &mut dyn Repositories, account: AccountId) -> Result<(), StoreError> {
    unit.pending_registrations().remove_all(account).await?;
    unit.account_tokens().revoke(AccountTokenKind::Activation, account).await?;
    Ok(())
}
