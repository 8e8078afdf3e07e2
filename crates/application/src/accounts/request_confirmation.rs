//! Asking for the confirmation mail again.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    Account, AccountId, AccountToken, AccountTokenKind, EmailAddress, PendingRegistration,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::{Repositories, Store};

use super::activation_mail::{About, ActivationMail};
use super::recipient::Recipient;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::{CONFIRMATIONS_PER_RECIPIENT, RegistrationPolicy};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Sends a mail for each pending registration of an account that waits for its activation. Each mail says when and
/// from where its registration came. All registrations are treated alike, because mailing the newest alone would let
/// a stranger hide the owner's.
///
/// The result tells what kind of address it was, for surfaces whose contract tells the client. Every result takes the
/// same work. The mails to one address are limited.
pub struct RequestConfirmation {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    limiter: Arc<dyn RateLimiter>,
    mail: ActivationMail,
    audit: AuditTrail,
}

/// The address that is to get its mails again.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RequestConfirmationInput {
    pub email: EmailAddress,
    /// The language of the mail, if the request names a language.
    pub language: Option<Language>,
    pub policy: RegistrationPolicy,
}

/// What kind of address the request named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmationRequested {
    /// The account waits for its activation, and mails are queued.
    Mailed,
    /// The account was activated before; it may be locked out.
    ConfirmedBefore,
    /// No account has this address.
    UnknownAddress,
}

use_case_error! {
    /// Why the request failed.
    pub enum RequestConfirmationError {}
}

impl RequestConfirmation {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            limiter: deps.limiter.clone(),
            mail: ActivationMail::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Counts the request against the limit of the address, and queues the mails in one unit of work.
    pub async fn execute(
        &self,
        input: RequestConfirmationInput,
    ) -> Result<ConfirmationRequested, RequestConfirmationError> {
        let recipient = SecretDigest::of(input.email.as_str()).to_hex();
        Failure::unless_allowed(
            self.limiter.hit(&format!("confirmation:{recipient}"), CONFIRMATIONS_PER_RECIPIENT).await?,
        )?;

        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(
        &self,
        input: &RequestConfirmationInput,
    ) -> Result<ConfirmationRequested, RequestConfirmationError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let account = unit.accounts().by_email(&input.email).await?;
        let account = account.filter(|account| account.details.deleted_at.is_none());
        let requested = match &account {
            None => ConfirmationRequested::UnknownAddress,
            Some(account) if account.waits_for_activation() => ConfirmationRequested::Mailed,
            Some(_) => ConfirmationRequested::ConfirmedBefore,
        };
        // No account has the id 0, so the same statements run without effect.
        let id = account.filter(Account::waits_for_activation).map_or(AccountId(0), |account| account.id);
        let waiting = unit.accounts().lock(id).await?.filter(Account::waits_for_activation);
        let pending = unit.pending_registrations().of_account(id).await?;
        let mut mails = 0;
        if let Some(account) = &waiting {
            for registration in pending {
                self.mail_again(&mut *unit, account, registration, input, now).await?;
                mails += 1;
            }
            if account.details.hashed_password.is_set() {
                self.mail_from_before(&mut *unit, account, input, now).await?;
                mails += 1;
            }
        }
        if mails == 0 {
            unit.pending_registrations().remove_all(AccountId(0)).await?;
            self.mail.enqueue_nothing(&mut *unit, input.language, now).await?;
        }
        // Where nothing was mailed it concerns no account: the same statement.
        let mailed = waiting.filter(|_| mails > 0).map(|account| account.details.uuid);
        let entry = Entry::new(AuditAction::ConfirmationRequested, AuditActor::Anonymous).on(mailed);
        self.audit.count(&mut *unit, &entry).await?;
        unit.commit().await?;
        self.mail.wake();
        Ok(requested)
    }

    /// Mails a registration again, with a new token or link.
    async fn mail_again(
        &self,
        unit: &mut dyn Repositories,
        account: &Account,
        mut registration: PendingRegistration,
        input: &RequestConfirmationInput,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let about = About {
            registration: Some(registration.id),
            name: registration.display_name.as_deref(),
            client_address: registration.client_address,
            created_at: registration.created_at,
        };
        let written = self.mail.write(recipient(account, &input.email), about, input.policy, now)?;
        registration.digest = written.digest;
        registration.expires_at = written.expires_at;
        // Every registration is removed and added again, so that their order stays.
        unit.pending_registrations().remove(registration.id).await?;
        unit.pending_registrations().insert(&registration).await?;
        self.mail.enqueue(unit, &written, input.language, now).await
    }

    /// Mails an account from a release that did not keep pending registrations; such an account has its password
    /// already.
    async fn mail_from_before(
        &self,
        unit: &mut dyn Repositories,
        account: &Account,
        input: &RequestConfirmationInput,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let about = About {
            registration: None,
            name: account.details.display_name.as_deref(),
            client_address: None,
            created_at: account.details.created_at,
        };
        let written = self.mail.write(recipient(account, &input.email), about, input.policy, now)?;
        let token = AccountToken {
            kind: AccountTokenKind::Activation,
            account: account.id,
            digest: written.digest,
            surface: None,
            created_at: now,
            expires_at: written.expires_at,
        };
        unit.account_tokens().put(&token).await?;
        self.mail.enqueue(unit, &written, input.language, now).await
    }
}

fn recipient<'a>(account: &Account, email: &'a EmailAddress) -> Recipient<'a> {
    Recipient { account: account.id, uuid: account.details.uuid, email }
}
