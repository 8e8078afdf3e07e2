//! The token that recovers an account.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountId, AccountUuid, PasswordHash};
use vestibule_domain::ports::{IdGenerator, SignError, TokenError, TokenSigner};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};

use crate::Deps;

/// Signs and reads such tokens. One is good for the password that the account has, whose mark stands where other tokens
/// name their session: so it is good once, and a newer one does not void it.
pub(super) struct RecoveryToken {
    signer: Arc<dyn TokenSigner>,
    ids: Arc<dyn IdGenerator>,
}

/// What a token recovers.
pub(super) struct Recovered {
    pub account: AccountId,
    pub uuid: AccountUuid,
    mark: SessionId,
}

impl Recovered {
    /// Whether the account still has the password that it had when the token was issued.
    pub(super) fn is_for(&self, account: &Account) -> bool {
        account.id == self.account && mark(&account.details.hashed_password) == self.mark
    }
}

impl RecoveryToken {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { signer: deps.signer.clone(), ids: deps.ids.clone() }
    }

    pub(super) fn issue(
        &self,
        account: &Account,
        now: OffsetDateTime,
        life: Duration,
    ) -> Result<SecretToken, SignError> {
        // Times in tokens are whole seconds.
        let issued_at = now.replace_nanosecond(0).unwrap_or(now);
        self.signer.sign(&Claims {
            token_use: TokenUse::Recovery,
            subject: Subject::Uuid(account.details.uuid),
            account: account.id,
            session: mark(&account.details.hashed_password),
            id: TokenId(self.ids.random()),
            role: None,
            issued_at,
            expires_at: issued_at + life,
        })
    }

    pub(super) fn read(&self, token: &str, now: OffsetDateTime) -> Result<Recovered, TokenError> {
        let claims = self.signer.verify(token, TokenUse::Recovery, now)?;
        let Subject::Uuid(uuid) = claims.subject else { return Err(TokenError::Invalid) };
        Ok(Recovered { account: claims.account, uuid, mark: claims.session })
    }
}

/// An id that follows from the hash of a password and tells nothing of it: a hash has a random salt.
fn mark(hash: &PasswordHash) -> SessionId {
    let [first, second] = SecretDigest::of(hash.as_str()).halves();
    SessionId(Uuid::from_u128(first ^ second))
}
