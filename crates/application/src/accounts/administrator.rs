//! Who may change the accounts of others.

use vestibule_domain::accounts::{Account, AccountId, Role};

use crate::{Actor, Forbidden, codes};

/// Proof that the one who asks may change the accounts of others. Use cases that change them ask for it, and look
/// once more under their locks whether it still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrator(Option<AccountId>);

impl Administrator {
    /// What everybody else is answered.
    pub const REFUSED: Forbidden = Forbidden(codes::ADMINISTRATORS_ONLY);

    /// The operator, at the command line.
    pub fn operator() -> Self {
        Self(None)
    }

    /// An administrator.
    pub fn with_role(actor: &Actor) -> Result<Self, Forbidden> {
        if actor.role >= Role::Admin { Ok(Self(Some(actor.account))) } else { Err(Self::REFUSED) }
    }

    /// The account that asks; none is that of the operator.
    pub(crate) fn account(self) -> Option<AccountId> {
        self.0
    }

    /// Whether the account that asks is still that of an administrator who may sign in, by these accounts, among
    /// which it is.
    pub(crate) fn still_holds(self, locked: &[Account]) -> bool {
        self.0.is_none_or(|id| {
            let asks = |account: &&Account| account.id == id && account.may_sign_in();
            locked.iter().find(asks).is_some_and(|account| account.details.role >= Role::Admin)
        })
    }
}
