//! The last administrator stays.

use vestibule_domain::accounts::{Account, AccountId, Role};
use vestibule_domain::store::{Repositories, StoreError};

/// Whether an administrator who may sign in is left when these accounts are none any more. They are locked; of two
/// units of work at once that ask, the second sees what the first did.
pub(crate) async fn an_admin_stays(
    unit: &mut dyn Repositories,
    without: &[Account],
) -> Result<bool, StoreError> {
    let is_admin = |account: &Account| account.details.role >= Role::Admin && account.may_sign_in();
    if !without.iter().any(is_admin) {
        return Ok(true);
    }
    let ids: Vec<AccountId> = without.iter().map(|account| account.id).collect();
    unit.accounts().has_other_admin(&ids).await
}
