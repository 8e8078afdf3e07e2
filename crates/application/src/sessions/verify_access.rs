//! Verifying an access token.

use std::sync::Arc;

use vestibule_domain::ports::{Clock, TokenError, TokenSigner};
use vestibule_domain::sessions::TokenUse;

use super::SessionStates;
use crate::error::use_case_error;
use crate::policy::TokenSubject;
use crate::{Actor, Deps};

/// Turns an access token into an [`Actor`]. Every authenticated request passes here, so a change of a session takes
/// effect on its next request.
pub struct VerifyAccess {
    clock: Arc<dyn Clock>,
    signer: Arc<dyn TokenSigner>,
    states: SessionStates,
    subject_at: fn(&str) -> Option<TokenSubject>,
}

use_case_error! {
    /// Why the token was refused.
    pub enum VerifyAccessError {
        /// The token is ours and has expired.
        #[error("the access token has expired")]
        Expired => ACCESS_TOKEN_EXPIRED,
        /// The text is not an access token of ours.
        #[error("the access token is not valid")]
        Invalid => INVALID_ACCESS_TOKEN,
        /// The session has ended, the account may not sign in, or its surface would name it otherwise in `sub` by now:
        /// after a change of the address a token that says the old one is over, and a refresh gives another. So is a
        /// token of a surface that keeps its tokens to itself.
        #[error("the session is over")]
        Revoked => ACCESS_TOKEN_REVOKED,
    }
}

/// Why a token was refused, as its signature and its claims alone tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFault {
    /// It is a good token of ours for another use.
    OtherUse,
    /// It is ours, of this use or another, and has expired.
    Expired,
    /// It is signed with our key and not in a form of ours.
    Foreign,
    /// It is none of ours, or there is no fault that the token itself tells.
    Invalid,
}

impl VerifyAccess {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            clock: deps.clock.clone(),
            signer: deps.signer.clone(),
            states: SessionStates::new(deps),
            subject_at: deps.subject_at,
        }
    }

    /// Checks the token's signature and `exp` first, then the state of its session, and `sub` against that state. Role and ids come from the state,
    /// not from the token.
    pub async fn execute(&self, token: &str) -> Result<Actor, VerifyAccessError> {
        let now = self.clock.now();
        let claims = self.signer.verify(token, TokenUse::Access, now).map_err(|error| match error {
            TokenError::Expired => VerifyAccessError::Expired,
            TokenError::Invalid | TokenError::Foreign => VerifyAccessError::Invalid,
        })?;
        let state = self
            .states
            .get(claims.session)
            .await?
            .filter(|state| state.account == claims.account && state.gives_access(now))
            .filter(|state| {
                (self.subject_at)(&state.surface)
                    .is_some_and(|subject| subject.is_still(&claims.subject, state))
            })
            .ok_or(VerifyAccessError::Revoked)?;
        Ok(Actor { account: state.account, uuid: state.uuid, role: state.role, session: claims.session })
    }

    /// Tells why a token was refused where one of the use `expected` belongs. For surfaces whose contract tells these
    /// faults apart (mobile contract 1); all others tell nothing of them.
    pub fn fault(&self, token: &str, expected: TokenUse) -> TokenFault {
        let now = self.clock.now();
        let mut fault = TokenFault::Invalid;
        for token_use in [TokenUse::Access, TokenUse::Refresh, TokenUse::Email, TokenUse::Recovery] {
            match self.signer.verify(token, token_use, now) {
                Ok(_) if token_use != expected => return TokenFault::OtherUse,
                Err(TokenError::Expired) => return TokenFault::Expired,
                Err(TokenError::Foreign) => fault = TokenFault::Foreign,
                Ok(_) | Err(TokenError::Invalid) => {}
            }
        }
        fault
    }
}
