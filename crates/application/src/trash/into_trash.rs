//! Moving accounts into the trash, within a unit of work.

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId, AccountTokenKind};
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::{Repositories, StoreError};

/// Who moves accounts into the trash, and why.
pub(super) struct Reason<'a> {
    pub(super) by: Option<AccountId>,
    pub(super) at: OffsetDateTime,
    pub(super) words: &'a str,
}

/// Moves accounts, which are locked and not in the trash, there. Their sessions end, and what was mailed for a
/// password reset is void: a restored account has its password, and none of its old tokens. Answers the sessions
/// that ended, for the commit.
pub(super) async fn put(
    unit: &mut dyn Repositories,
    accounts: &[Account],
    reason: &Reason<'_>,
) -> Result<Vec<SessionId>, StoreError> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    unit.trash().put(&ids, reason.by, reason.at, reason.words).await?;
    let mut ended = Vec::new();
    for id in ids {
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, id).await?;
        unit.refresh_tokens().revoke_all(id, None).await?;
        ended.extend(unit.sessions().revoke_all(id, None, reason.at).await?);
    }
    Ok(ended)
}
