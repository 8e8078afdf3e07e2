//! The recipient of a mail that activates an account.

use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress};

/// To whom it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipient<'a> {
    pub account: AccountId,
    pub uuid: AccountUuid,
    pub email: &'a EmailAddress,
}
