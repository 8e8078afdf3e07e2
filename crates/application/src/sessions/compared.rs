//! What a password was compared with, and how that ended.

use vestibule_domain::accounts::Account;
use vestibule_domain::ports::Verification;

/// What the comparison found.
pub(crate) struct Compared {
    pub(super) account: Option<Account>,
    /// The account, if it is in the trash. Then there is none that may sign in.
    pub(super) in_trash: Option<Account>,
    pub(super) verification: Verification,
}

impl Compared {
    /// The account in the trash whose password was given.
    pub(crate) fn proven_in_trash(&self) -> Option<&Account> {
        self.in_trash.as_ref().filter(|_| self.verification != Verification::Wrong)
    }

    /// The same for an account that has been brought back out of the trash since it was compared.
    pub(crate) fn brought_back(self) -> Self {
        let account = self.in_trash.map(|mut account| {
            account.details.deleted_at = None;
            account
        });
        Self { account, in_trash: None, verification: self.verification }
    }

    /// Whether the attempt failed: the password is wrong, or nobody may have it.
    pub(super) fn has_failed(&self) -> bool {
        self.account.is_none() || self.verification == Verification::Wrong
    }
}
