//! The mail by which an account is activated.

use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountToken, AccountTokenKind, AccountUuid, EmailAddress};
use vestibule_domain::messages::{Language, Notice};
use vestibule_domain::ports::SecureRandom;
use vestibule_domain::store::Repositories;

use super::confirm_token::ConfirmToken;
use crate::messages::Outbox;
use crate::policy::{MailProof, RegistrationPolicy};
use crate::{Deps, Failure};

/// Queues it.
pub(super) struct ActivationMail {
    random: Arc<dyn SecureRandom>,
    confirm_token: ConfirmToken,
    outbox: Outbox,
}

/// To whom it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipient<'a> {
    pub account: AccountId,
    pub uuid: AccountUuid,
    pub email: &'a EmailAddress,
    pub name: Option<&'a str>,
}

impl ActivationMail {
    pub(super) fn new(deps: &Deps) -> Self {
        Self {
            random: deps.random.clone(),
            confirm_token: ConfirmToken::new(deps),
            outbox: Outbox::new(deps),
        }
    }

    /// Makes the proof that the policy asks for and queues the mail that carries it. The proof takes the
    /// place of the account's last one; a link of before still works. Call [`Outbox::wake`] after the
    /// commit.
    pub(super) async fn enqueue(
        &self,
        unit: &mut dyn Repositories,
        recipient: Recipient<'_>,
        policy: RegistrationPolicy,
        language: Option<Language>,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let email = recipient.email.as_str().to_owned();
        let valid_minutes = u32::try_from(policy.activation_life.as_secs() / 60).unwrap_or(u32::MAX);
        let (secret, notice) = match policy.proof {
            MailProof::Token => {
                let secret = self.random.token();
                let token = secret.reveal().to_owned();
                (secret, Notice::ActivateAccount { email, token, valid_minutes })
            }
            MailProof::Link => {
                let secret = self.confirm_token.issue(recipient, now, policy.activation_life)?;
                let token = secret.reveal().to_owned();
                let name = recipient.name.map(str::to_owned);
                (secret, Notice::ConfirmEmail { email, name, token, valid_minutes })
            }
        };
        let token = AccountToken {
            kind: AccountTokenKind::Activation,
            account: recipient.account,
            digest: secret.digest(),
            surface: None,
            created_at: now,
            expires_at: now + policy.activation_life,
        };
        unit.account_tokens().put(&token).await?;
        self.outbox.enqueue(unit, &notice, language, now).await
    }

    pub(super) fn wake(&self) {
        self.outbox.wake();
    }
}
