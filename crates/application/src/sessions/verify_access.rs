//! Verifying an access token.

use std::sync::Arc;

use vestibule_domain::ports::{Clock, TokenError, TokenSigner};
use vestibule_domain::sessions::TokenUse;

use super::SessionStates;
use crate::error::use_case_error;
use crate::{Actor, Deps};

/// Turns an access token into an [`Actor`]. Every authenticated request passes here, so a change of a session takes
/// effect on its next request.
pub struct VerifyAccess {
    clock: Arc<dyn Clock>,
    signer: Arc<dyn TokenSigner>,
    states: SessionStates,
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
        /// The session has ended, or the account may not sign in.
        #[error("the session is over")]
        Revoked => ACCESS_TOKEN_REVOKED,
    }
}

impl VerifyAccess {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { clock: deps.clock.clone(), signer: deps.signer.clone(), states: SessionStates::new(deps) }
    }

    /// Checks the token's signature and `exp` first, then the state of its session. Role and ids come from the state,
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
            .ok_or(VerifyAccessError::Revoked)?;
        Ok(Actor { account: state.account, uuid: state.uuid, role: state.role, session: claims.session })
    }
}
