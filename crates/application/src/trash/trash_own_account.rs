//! Moving one's own account into the trash.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::Account;
use vestibule_domain::audit::AuditActor;
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::store::Store;

use super::RestoreOwnAccount;
use super::into_trash::{Reason, put};
use crate::accounts::an_admin_stays;
use crate::audit::AuditTrail;
use crate::error::use_case_error;
use crate::messages::Outbox;
use crate::policy::DELETIONS_PER_ACCOUNT;
use crate::retry::retrying;
use crate::sessions::SessionStates;
use crate::{Actor, Deps, Failure};

/// Moves the account of the one who asks into the trash, and tells the owner by mail until when and how it comes back. Its
/// sessions end at once.
///
/// [`TrashAccount`](super::TrashAccount) does the same for the published contracts, which know of no such mail.
pub struct TrashOwnAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    states: SessionStates,
    outbox: Outbox,
    audit: AuditTrail,
}

/// Who goes.
#[derive(Debug)]
pub struct TrashOwnAccountInput {
    /// Who asks.
    pub actor: Actor,
    /// How long accounts stay in the trash; `None` is for ever.
    pub stays: Option<Duration>,
    /// The language of the notice, if the request names one.
    pub language: Option<Language>,
}

use_case_error! {
    /// Why the account is where it was.
    pub enum TrashOwnAccountError {
        /// The account is gone or in the trash, or may not sign in any more.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// Nobody else could administer accounts.
        #[error("the account is that of the last administrator")]
        LastAdmin => LAST_ADMIN,
    }
}

impl TrashOwnAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            limiter: deps.limiter.clone(),
            states: SessionStates::new(deps),
            outbox: Outbox::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Moves it, [a few times an hour](DELETIONS_PER_ACCOUNT): the account may have come back. What fails does not count.
    pub async fn execute(&self, input: TrashOwnAccountInput) -> Result<(), TrashOwnAccountError> {
        let deletions = format!("deletions:{}", input.actor.account);
        Failure::unless_allowed(self.limiter.hit(&deletions, DELETIONS_PER_ACCOUNT).await?)?;
        let moved = retrying(|| self.attempt(&input)).await;
        // Whose store is away for a while is not kept from the deletion for an hour.
        if matches!(moved, Err(TrashOwnAccountError::Failure(_)))
            && let Err(error) = self.limiter.give_back(&deletions).await
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a deletion that could not be made still counts"
            );
        }
        moved
    }

    async fn attempt(&self, input: &TrashOwnAccountInput) -> Result<(), TrashOwnAccountError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let mut locked = unit.accounts().lock_all(&[input.actor.account]).await?;
        locked.retain(Account::may_sign_in);
        let account = locked.first().ok_or(TrashOwnAccountError::NotFound)?;
        if !an_admin_stays(&mut *unit, &locked).await? {
            return Err(TrashOwnAccountError::LastAdmin);
        }
        let who = AuditActor::Account(account.details.uuid);
        let reason = Reason { by: Some(account.id), who, at: now, words: "" };
        let ended = put(&mut *unit, &self.audit, &locked, &reason).await?;
        if let Some(notice) = notice(account, now, input.stays) {
            self.outbox.enqueue(&mut *unit, &notice, input.language, now).await?;
        }
        self.states.commit(unit, &ended).await?;
        self.outbox.wake();
        Ok(())
    }
}

/// What the owner of an account is told that came into the trash at `since`; nothing without an address.
fn notice(account: &Account, since: OffsetDateTime, stays: Option<Duration>) -> Option<Notice> {
    let email = account.details.email.as_ref()?.as_str().to_owned();
    // An end beyond the calendar is as good as none.
    let stays = stays.and_then(|stays| time::Duration::try_from(stays).ok());
    let until = stays.and_then(|stays| since.checked_add(stays));
    let owner_may_restore = RestoreOwnAccount::is_open_to(account.details.role);
    Some(Notice::AccountDeleted { email, until, owner_may_restore })
}
