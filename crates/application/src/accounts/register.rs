//! Registration.

use std::net::IpAddr;
use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{
    AccountDetails, AccountId, AccountUuid, EmailAddress, NewPassword, PasswordHash, PendingRegistration,
    RegistrationId, Role,
};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, IdGenerator, Mailer, PasswordHasher};
use vestibule_domain::store::{Constraint, Store, StoreError};

use super::activation_mail::{About, ActivationMail, Recipient};
use super::register_again::{Again, RegisterAgain};
use crate::Deps;
use crate::error::use_case_error;
use crate::policy::RegistrationPolicy;
use crate::retry::retrying;

/// How often an address that is taken and then free is tried.
const TRIES: u32 = 3;

/// Adds an inactive account and mails what activates it.
///
/// The account has no password before it is activated: what was chosen is kept with the registration. A
/// taken address is refused, after the same work. If its account was never activated, that registration is
/// kept beside the others, and mailed (`register_again.rs`): nobody takes an address before its owner comes.
///
/// An address is refused while it is known that no mail can go there: its account could never be activated.
pub struct RegisterAccount {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
    mailer: Arc<dyn Mailer>,
    mail: ActivationMail,
    again: RegisterAgain,
}

/// Who wants an account.
#[derive(Debug)]
pub struct RegisterAccountInput {
    /// Address.
    pub email: EmailAddress,
    /// A name to show, where the surface asks for one.
    pub display_name: Option<String>,
    /// Password.
    pub password: NewPassword,
    /// Where the client is: the mail says so.
    pub client_address: Option<IpAddr>,
    /// The language of the mail, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules.
    pub policy: RegistrationPolicy,
}

/// The new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredAccount {
    /// Integer id.
    pub id: AccountId,
    /// Address, as stored.
    pub email: EmailAddress,
    /// The name to show.
    pub display_name: Option<String>,
    /// When it was registered.
    pub created_at: OffsetDateTime,
}

use_case_error! {
    /// Why there is no new account.
    pub enum RegisterAccountError {
        /// The address has an account.
        #[error("the address is taken")]
        EmailTaken {
            /// The address, as stored.
            email: EmailAddress,
        } => EMAIL_TAKEN,
        /// Mail cannot be sent to addresses like this one.
        #[error("no mail can be sent to the address")]
        EmailNotMailable {
            /// The address, as it would be stored.
            email: EmailAddress,
        } => EMAIL_NOT_MAILABLE,
    } else REGISTRATION_FAILED
}

impl RegisterAccount {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            hasher: deps.hasher.clone(),
            mailer: deps.mailer.clone(),
            mail: ActivationMail::new(deps),
            again: RegisterAgain::new(deps),
        }
    }

    /// Registers.
    pub async fn execute(
        &self,
        input: RegisterAccountInput,
    ) -> Result<RegisteredAccount, RegisterAccountError> {
        if input.email.is_international() && self.mailer.takes_international() == Some(false) {
            return Err(RegisterAccountError::EmailNotMailable { email: input.email });
        }
        // Before anything is looked up: a taken address costs what a free one costs.
        let hashed_password = self.hasher.hash(input.password.as_password()).await?;
        let now = self.clock.now();
        let account = self.new_account(&input, now);
        let registration = RegistrationId(self.ids.random());
        let mut tries = 0;
        loop {
            tries += 1;
            let added = retrying(|| self.add(&account, registration, &input, &hashed_password, now)).await;
            let Err(RegisterAccountError::EmailTaken { .. }) = &added else { return added };
            // Whoever had the address may be purged once it was found taken: then it is free, and to be added.
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
        unit.commit().await?;
        self.mail.wake();
        Ok(RegisteredAccount {
            id,
            email: email.clone(),
            display_name: display_name.clone(),
            created_at: now,
        })
    }

    /// The account as it waits for its owner: it has neither password nor name.
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
            created_at: now,
            updated_at: now,
            updated_by: None,
            deleted_at: None,
        }
    }
}
