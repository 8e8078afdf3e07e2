//! The token in a link that confirms an address.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid, AddressMark, EmailAddress, RegistrationId};
use vestibule_domain::ports::{SignError, TokenError, TokenSigner};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};

use super::recipient::Recipient;
use crate::Deps;

/// Signs and reads the tokens of confirm links. A token is for one address of one account and for one of its
/// registrations. The registration's id stands in `sid`, which is free because the token has no session.
pub(super) struct ConfirmToken {
    signer: Arc<dyn TokenSigner>,
}

/// What a token confirms.
#[derive(Debug)]
pub(super) struct Confirmed {
    pub account: AccountId,
    pub uuid: AccountUuid,
    /// `None` in a token from a release that did not name the registration.
    pub registration: Option<RegistrationId>,
    mark: TokenId,
}

impl Confirmed {
    /// Whether the token was mailed to this address.
    pub(super) fn is_for(&self, email: &EmailAddress) -> bool {
        self.mark == mark(email)
    }
}

impl ConfirmToken {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { signer: deps.signer.clone() }
    }

    pub(super) fn issue(
        &self,
        recipient: Recipient<'_>,
        registration: Option<RegistrationId>,
        now: OffsetDateTime,
        life: Duration,
    ) -> Result<SecretToken, SignError> {
        // Times in tokens are whole seconds.
        let issued_at = now.replace_nanosecond(0).unwrap_or(now);
        self.signer.sign(&Claims {
            token_use: TokenUse::Email,
            subject: Subject::Uuid(recipient.uuid),
            account: recipient.account,
            session: SessionId(registration.map_or(Uuid::nil(), |registration| registration.0)),
            id: mark(recipient.email),
            role: None,
            issued_at,
            expires_at: issued_at + life,
        })
    }

    pub(super) fn read(&self, token: &str, now: OffsetDateTime) -> Result<Confirmed, TokenError> {
        let claims = self.signer.verify(token, TokenUse::Email, now)?;
        let Subject::Uuid(uuid) = claims.subject else { return Err(TokenError::Invalid) };
        let registration = Some(claims.session.0).filter(|id| !id.is_nil()).map(RegistrationId);
        Ok(Confirmed { account: claims.account, uuid, registration, mark: claims.id })
    }
}

/// An id that is derived from the address, so that the token works for no other address.
fn mark(email: &EmailAddress) -> TokenId {
    TokenId(AddressMark::of(email).0)
}
