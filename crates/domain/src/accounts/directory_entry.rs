//! An account as lists show it.

use time::OffsetDateTime;

use super::{AccountId, AccountUuid, EmailAddress, Role, Username};

/// What others may see of an account. It holds no hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// Integer id.
    pub id: AccountId,
    /// Opaque id.
    pub uuid: AccountUuid,
    /// Address.
    pub email: Option<EmailAddress>,
    /// The name that identifies.
    pub username: Option<Username>,
    /// What the account may do.
    pub role: Role,
    /// Creation.
    pub created_at: OffsetDateTime,
    /// Last change; that of its creation, if there was none.
    pub updated_at: OffsetDateTime,
    /// Who edited it last, the owner too. `None` once that account is removed.
    pub updated_by: Option<AccountUuid>,
    /// Since when it lies in the trash.
    pub deleted_at: Option<OffsetDateTime>,
}
