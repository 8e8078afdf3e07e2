//! What is shown of an account.

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    Account, AccountId, AccountUuid, EmailAddress, ListedAccount, MobileNumber, Role, Username,
};

/// All that is shown of an account, to those who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Integer id.
    pub id: AccountId,
    /// Opaque id.
    pub uuid: AccountUuid,
    /// Address.
    pub email: Option<EmailAddress>,
    /// The name that identifies.
    pub username: Option<Username>,
    /// The name to show.
    pub display_name: Option<String>,
    /// What its owner is called: see [`AccountDetails::shown_name`](vestibule_domain::accounts::AccountDetails::shown_name).
    pub shown_name: Option<String>,
    /// Mobile number.
    pub mobile: Option<MobileNumber>,
    /// A phone number as free text.
    pub phone_number: Option<String>,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub is_active: bool,
    /// Points.
    pub points: i64,
    /// When it was registered.
    pub created_at: OffsetDateTime,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        let details = account.details;
        Self {
            id: account.id,
            uuid: details.uuid,
            shown_name: details.shown_name().map(str::to_owned),
            email: details.email,
            username: details.username,
            display_name: details.display_name,
            mobile: details.mobile,
            phone_number: details.phone_number,
            role: details.role,
            is_active: details.is_active,
            points: details.points,
            created_at: details.created_at,
        }
    }
}

/// What a list shows of it.
pub(super) fn listed(account: Account) -> ListedAccount {
    let details = account.details;
    ListedAccount {
        id: account.id,
        uuid: details.uuid,
        username: details.username,
        mobile: details.mobile,
        is_active: details.is_active,
    }
}
