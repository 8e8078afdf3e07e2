//! Who may look at one account, and change it.

use vestibule_domain::accounts::{Account, AccountId, AccountUuid, Role};
use vestibule_domain::audit::AuditActor;

use super::Administrator;
use crate::{Actor, Forbidden};

/// Proof that the one who asks may see and change one account: its owner or an administrator. It names the account,
/// so it cannot be used for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerOrAdministrator {
    actor: AccountId,
    who: AuditActor,
    target: AccountUuid,
}

impl OwnerOrAdministrator {
    /// The owner of this account, or an administrator. Everybody else is refused whether there is such an account
    /// or not (admin contract 2.7).
    pub fn of(actor: &Actor, target: AccountUuid) -> Result<Self, Forbidden> {
        if actor.uuid == target || actor.role >= Role::Admin {
            Ok(Self { actor: actor.account, who: AuditActor::Account(actor.uuid), target })
        } else {
            Err(Administrator::REFUSED)
        }
    }

    /// The account that asks.
    pub(crate) fn account(self) -> AccountId {
        self.actor
    }

    /// Who it is, for the audit trail.
    pub(crate) fn who(self) -> AuditActor {
        self.who
    }

    /// The account that is asked for.
    pub(crate) fn target(self) -> AccountUuid {
        self.target
    }

    /// Whether the account that asks may still sign in and is still the owner or an administrator, by these
    /// accounts, among which it is.
    pub(crate) fn still_holds(self, locked: &[Account]) -> bool {
        let asks = |account: &&Account| account.id == self.actor && account.may_sign_in();
        locked
            .iter()
            .find(asks)
            .is_some_and(|Account { details, .. }| details.uuid == self.target || details.role >= Role::Admin)
    }
}
