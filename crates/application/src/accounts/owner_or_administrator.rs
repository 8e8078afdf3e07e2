//! Who may look at one account, and change it.

use vestibule_domain::accounts::{Account, AccountId, AccountUuid, Role};
use vestibule_domain::audit::AuditActor;

use super::Administrator;
use crate::{Actor, Forbidden};

/// Proof that the one who asks may see and change one account: its owner or an administrator. It names the account,
/// so it cannot be used for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerOrAdministrator {
    asks: Option<(AccountId, AuditActor)>,
    target: AccountUuid,
}

impl OwnerOrAdministrator {
    /// The owner of this account, or an administrator. Everybody else is refused whether there is such an account
    /// or not (admin contract 2.7).
    pub fn of(actor: &Actor, target: AccountUuid) -> Result<Self, Forbidden> {
        if actor.uuid == target || actor.role >= Role::Admin {
            Ok(Self { asks: Some((actor.account, AuditActor::Account(actor.uuid))), target })
        } else {
            Err(Administrator::REFUSED)
        }
    }

    /// For the operator at the command line.
    pub fn operator(target: AccountUuid) -> Self {
        Self { asks: None, target }
    }

    /// The account that asks; none is that of the operator.
    pub(crate) fn account(self) -> Option<AccountId> {
        self.asks.map(|(account, _)| account)
    }

    /// The id of the account that is asked for, if its owner asks.
    pub(crate) fn own(self) -> Option<AccountId> {
        let is_owner = |(_, who): &(AccountId, AuditActor)| *who == AuditActor::Account(self.target);
        self.asks.filter(is_owner).map(|(account, _)| account)
    }

    /// Who it is, for the audit trail.
    pub(crate) fn who(self) -> AuditActor {
        self.asks.map_or(AuditActor::Operator, |(_, who)| who)
    }

    /// The account that is asked for.
    pub fn target(self) -> AccountUuid {
        self.target
    }

    /// Whether the account that asks may still sign in and is still the owner or an administrator, by these
    /// accounts, among which it is.
    pub(crate) fn still_holds(self, locked: &[Account]) -> bool {
        self.account().is_none_or(|id| {
            let asks = |account: &&Account| account.id == id && account.may_sign_in();
            let may = |account: &Account| {
                account.details.uuid == self.target || account.details.role >= Role::Admin
            };
            locked.iter().find(asks).is_some_and(may)
        })
    }
}
