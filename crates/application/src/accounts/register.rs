//! Registration.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, PasswordHash, PendingRegistration, RegistrationId,
    Role,
};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{Clock, IdGenerator, Mailer};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::activation_mail::{About, ActivationMail};
use super::new_passwords::NewPasswords;
use super::recipient::Recipient;
use super::register_again::{Again, RegisterAgain};
use super::registration::RegisterAccountInput;
use crate::Deps;
use crate::audit::{AuditTrail, Entry, Origin};
use crate::error::use_case_error;
use crate::retry::retrying;

/// How often a registration is tried whose address was taken and is free at the next look.
const TRIES: u32 = 3;

/// Creates an inactive account and mails the token or link that activates it.
///
/// The account has no password before it is activated; the chosen password is stored with the registration. A taken
/// address is refused after the same work. If its account was never activated, the new registration is stored beside
/// the earlier ones and mailed (`register_again.rs`), so nobody can take an address before its owner comes.
///
/// An address is refused if the mail server is known not to take it, because the account could never be activated.
pub struct RegisterAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    passwords: NewPasswords,
    mailer: Arc<dyn Mailer>,
    mail: ActivationMail,
    again: RegisterAgain,
    audit: AuditTrail,
}

/// The account that was created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RegisteredAccount {
    pub id: AccountId,
    /// The address in its stored form.
    pub email: EmailAddress,
    /// The display name.
    pub display_name: Option<String>,
    /// When it was registered.
    pub created_at: OffsetDateTime,
}

use_case_error! {
    /// Why no account was created.
    pub enum RegisterAccountError {
        /// Another account has this address.
        #[error("the address is taken")]
        EmailTaken {
            /// The address in its stored form.
            email: EmailAddress,
        } => EMAIL_TAKEN,
        /// The mail server does not take addresses like this one.
        #[error("no mail can be sent to the address")]
        EmailNotMailable {
            /// The address in the form in which it would be stored.
            email: EmailAddress,
        } => EMAIL_NOT_MAILABLE,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else REGISTRATION_FAILED
}

impl RegisterAccount {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            passwords: NewPasswords::new(deps),
            mailer: deps.mailer.clone(),
            mail: ActivationMail::new(deps),
            again: RegisterAgain::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Checks that the address can get mail, hashes the password, and adds the account in one unit of work.
    pub async fn execute(
        &self,
        input: RegisterAccountInput,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        if input.email.is_international() && self.mailer.takes_international() == Some(false) {
            return Err(RegisterAccountError::EmailNotMailable { email: input.email });
        }
        // The password is hashed before any look-up, so that a taken address takes as long as a free one.
        let hashed_password =
            self.passwords.hash(&input.password).await?.ok_or(RegisterAccountError::Breached)?;
        let now = self.clock.now();
        let account = self.new_account(&input, now);
        let registration = RegistrationId(self.ids.random());
        let mut tries = 0;
        loop {
            tries += 1;
            let added = retrying(|| self.add(&account, registration, &input, &hashed_password, now)).await;
            let Err(RegisterAccountError::EmailTaken { .. }) = &added else { return added };
            // The account that had the address may have been purged meanwhile. Then the address is free, and the
            // account is added.
            match self.again.execute(&input, &hashed_password, now).await? {
                Again::AddressFree if tries < TRIES => {}
                Again::AddressFree | Again::Done => return added,
            }
        }
    }

    async fn add(
        &self,
        account: &AccountDetails,
        registration: RegistrationId,
        input: &RegisterAccountInput,
        hashed_password: &PasswordHash,
        now: OffsetDateTime,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        let RegisterAccountInput { email, display_name, client_address, .. } = input;
        let mut unit = self.store.begin().await?;
        let id = match unit.accounts().insert(account).await {
            Ok(id) => id,
            Err(StoreError::Conflict { constraint: Constraint::UsersEmail }) => {
                return Err(RegisterAccountError::EmailTaken { email: email.clone() });
            }
            Err(error) => return Err(error.into()),
        };
        let recipient = Recipient { account: id, uuid: account.uuid, email };
        let about = About {
            registration: Some(registration),
            name: display_name.as_deref(),
            client_address: *client_address,
            created_at: now,
        };
        let written = self.mail.write(recipient, about, input.policy, now)?;
        let pending = PendingRegistration {
            id: registration,
            account: id,
            digest: written.digest,
            hashed_password: hashed_password.clone(),
            display_name: display_name.clone(),
            client_address: *client_address,
            created_at: now,
            expires_at: written.expires_at,
        };
        unit.pending_registrations().insert(&pending).await?;
        self.mail.enqueue(&mut *unit, &written, input.language, now).await?;
        let entry = Entry::new(AuditAction::AccountRegistered, AuditActor::Anonymous).on(account.uuid);
        self.audit.record(&mut *unit, &entry).await?;
        unit.commit().await?;
        self.mail.wake();
        Ok(RegisteredAccount {
            id,
            email: email.clone(),
            display_name: display_name.clone(),
            created_at: now,
        })
    }

    /// A new account that waits for its owner, without password and name.
    fn new_account(&self, input: &RegisterAccountInput, now: OffsetDateTime) -> AccountDetails {
        AccountDetails {
            uuid: AccountUuid(self.ids.random()),
            email: Some(input.email.clone()),
            username: None,
            display_name: None,
            mobile: None,
            phone_number: None,
            hashed_password: PasswordHash::unset(),
            role: Role::User,
            is_active: false,
            email_verified_at: None,
            activated_at: None,
            points: 0,
            surface: Origin::account_surface(),
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        }
    }
}
