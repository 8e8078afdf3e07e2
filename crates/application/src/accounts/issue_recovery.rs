//! Asking whether an address has an account.

use std::sync::Arc;

use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;

use super::recovery_token::RecoveryToken;
use crate::Deps;
use crate::error::use_case_error;
use crate::policy::RecoveryPolicy;

/// Tells whether an address has an account, and gives a token by which its password can be recovered (points contract
/// 2.6). An account that may not sign in gets one too, which changes nothing.
pub struct IssueRecovery {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    token: RecoveryToken,
}

use_case_error! {
    /// Why it is not known.
    pub enum IssueRecoveryError {}
}

impl IssueRecovery {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), token: RecoveryToken::new(deps) }
    }

    /// The token; `None` if no account has the address, so that it could be registered.
    pub async fn execute(
        &self,
        email: &EmailAddress,
        policy: RecoveryPolicy,
    ) -> Result<Option<SecretToken>, IssueRecoveryError> {
        let account = self.store.repositories().accounts().by_email(email).await?;
        let token = account.map(|account| self.token.issue(&account, self.clock.now(), policy.token_life));
        Ok(token.transpose()?)
    }
}
