//! Moving accounts into the trash, within a unit of work.

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId, AccountTokenKind};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::sessions::SessionId;
use vestibule_domain::store::{Repositories, StoreError};

use crate::audit::{AuditTrail, Entry};

/// How many characters of a reason are kept. Surfaces take a text of any length.
const REASON_CHARS: usize = 1000;

/// Who moves accounts into the trash, and why.
pub(super) struct Reason<'a> {
    pub(super) by: Option<AccountId>,
    pub(super) who: AuditActor,
    pub(super) at: OffsetDateTime,
    pub(super) words: &'a str,
}

/// Moves accounts, which are locked and not in the trash, there. Their sessions end, and what was mailed for a
/// password reset is void: a restored account has its password, and none of its old tokens. Answers the sessions
/// that ended, for the commit.
///
/// Each account has an event of its own in the audit trail. It tells whether a reason was given, and not which: people
/// write names into reasons, and the trail outlives the account. The trash has the words.
pub(super) async fn put(
    unit: &mut dyn Repositories,
    audit: &AuditTrail,
    accounts: &[Account],
    reason: &Reason<'_>,
) -> Result<Vec<SessionId>, StoreError> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let words = first_chars(reason.words, REASON_CHARS);
    unit.trash().put(&ids, reason.by, reason.at, words).await?;
    let mut ended = Vec::new();
    for account in accounts {
        let id = account.id;
        unit.account_tokens().revoke(AccountTokenKind::PasswordReset, id).await?;
        unit.refresh_tokens().revoke_all(id, None).await?;
        let sessions = unit.sessions().revoke_all(id, None, reason.at).await?;
        let entry = Entry::new(AuditAction::AccountTrashed, reason.who)
            .on(account.details.uuid)
            .with("ended_sessions", sessions.len() as u64)
            .with("has_reason", !words.trim().is_empty());
        audit.record(unit, &entry).await?;
        ended.extend(sessions);
    }
    Ok(ended)
}

/// The first characters of a text.
fn first_chars(text: &str, number: usize) -> &str {
    let end = text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}
