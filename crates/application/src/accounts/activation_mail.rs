//! The mail by which an account is activated.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::RegistrationId;
use vestibule_domain::messages::{Language, Notice, RequestOrigin};
use vestibule_domain::ports::SecureRandom;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::Repositories;

use super::confirm_token::ConfirmToken;
use super::recipient::Recipient;
use crate::messages::Outbox;
use crate::policy::{MailProof, RegistrationPolicy};
use crate::{Deps, Failure};

/// Writes and queues the mail by which an account is activated.
pub(super) struct ActivationMail {
    random: Arc<dyn SecureRandom>,
    confirm_token: ConfirmToken,
    outbox: Outbox,
}

/// The one registration that it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// `None` if the account is from a release that did not keep pending registrations.
    pub registration: Option<RegistrationId>,
    /// The display name that was chosen in the registration.
    pub name: Option<&'a str>,
    /// The address of the client that registered.
    pub client_address: Option<IpAddr>,
    pub created_at: OffsetDateTime,
}

/// A mail that is written and not queued yet.
pub(super) struct Written {
    /// Digest of the secret in the mail.
    pub digest: SecretDigest,
    /// The first instant at which the secret is no longer accepted.
    pub expires_at: OffsetDateTime,
    notice: Notice,
}

impl ActivationMail {
    pub(super) fn new(deps: &Deps) -> Self {
        Self {
            random: deps.random.clone(),
            confirm_token: ConfirmToken::new(deps),
            outbox: Outbox::new(deps),
        }
    }

    /// Makes the secret or link that the policy asks for, and the mail that carries it. The mail says when and from
    /// where the registration came.
    pub(super) fn write(
        &self,
        recipient: Recipient<'_>,
        about: About<'_>,
        policy: RegistrationPolicy,
        now: OffsetDateTime,
    ) -> Result<Written, Failure> {
        let email = recipient.email.as_str().to_owned();
        let valid_minutes = minutes(policy.activation_life);
        let origin = RequestOrigin::new(about.created_at, about.client_address);
        let (secret, notice) = match policy.proof {
            MailProof::Token => {
                let secret = self.random.token();
                let token = secret.reveal().to_owned();
                (secret, Notice::ActivateAccount { email, token, valid_minutes, origin: Some(origin) })
            }
            MailProof::Link => {
                let registration = about.registration;
                let secret =
                    self.confirm_token.issue(recipient, registration, now, policy.activation_life)?;
                let token = secret.reveal().to_owned();
                let name = about.name.map(str::to_owned);
                (secret, Notice::ConfirmEmail { email, name, token, valid_minutes, origin: Some(origin) })
            }
        };
        Ok(Written { digest: secret.digest(), expires_at: now + policy.activation_life, notice })
    }

    /// Queues a mail in the unit of work that stores its digest. Call [`ActivationMail::wake`] after the commit.
    pub(super) async fn enqueue(
        &self,
        unit: &mut dyn Repositories,
        written: &Written,
        language: Option<Language>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        self.outbox.enqueue(unit, &written.notice, language, now).await
    }

    /// Queues a mail for nobody, which takes the same work as a mail for somebody.
    pub(super) async fn enqueue_nothing(
        &self,
        unit: &mut dyn Repositories,
        language: Option<Language>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        self.outbox.enqueue(unit, &Notice::Nobody, language, now).await
    }

    pub(super) fn wake(&self) {
        self.outbox.wake();
    }
}

fn minutes(life: Duration) -> u32 {
    u32::try_from(life.as_secs() / 60).unwrap_or(u32::MAX)
}
