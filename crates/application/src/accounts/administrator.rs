//! The permission to change the accounts of others.

use vestibule_domain::accounts::{Account, AccountId, Role};
use vestibule_domain::audit::AuditActor;

use crate::{Actor, Forbidden, codes};

/// Proof that the caller may change the accounts of others, and who that is. Use cases that do so ask for it in their
/// input, and look once more under their locks whether it still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrator(Option<(AccountId, AuditActor)>);

impl Administrator {
    /// The error for everybody else.
    pub const REFUSED: Forbidden = Forbidden(codes::ADMINISTRATORS_ONLY);

    /// For the operator at the command line.
    pub fn operator() -> Self {
        Self(None)
    }

    /// For an actor with the role of an administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        let who = AuditActor::Account(actor.uuid);
        if actor.role >= Role::Admin { Ok(Self(Some((actor.account, who)))) } else { Err(Self::REFUSED) }
    }

    /// Who it is, for the audit trail.
    pub fn who(self) -> AuditActor {
        self.0.map_or(AuditActor::Operator, |(_, who)| who)
    }

    /// The account that asks; none is that of the operator.
    pub(crate) fn account(self) -> Option<AccountId> {
        self.0.map(|(account, _)| account)
    }

    /// Whether the account that asks is still that of an administrator who may sign in, by these accounts, among
    /// which it is.
    pub(crate) fn still_holds(self, locked: &[Account]) -> bool {
        self.account().is_none_or(|id| {
            let asks = |account: &&Account| account.id == id && account.may_sign_in();
            locked.iter().find(asks).is_some_and(|account| account.details.role >= Role::Admin)
        })
    }
}
