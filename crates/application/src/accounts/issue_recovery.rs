//! Asking whether an address has an account.

use std::sync::Arc;

use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;

use super::recovery_token::RecoveryToken;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::RecoveryPolicy;
use crate::retry::retrying;

/// Tells whether an address has an account, and gives a token by which its password can be recovered (points contract
/// 2.6). An account that may not sign in gets one too, which changes nothing.
pub struct IssueRecovery {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    token: RecoveryToken,
    audit: AuditTrail,
}

use_case_error! {
    /// Why it is not known.
    pub enum IssueRecoveryError {}
}

impl IssueRecovery {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            token: RecoveryToken::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// The token; `None` if no account has the address, so that it could be registered.
    pub async fn execute(
        &self,
        email: &EmailAddress,
        policy: RecoveryPolicy,
    ) -> Result<Option<SecretToken>, IssueRecoveryError> {
        let account = self.store.repositories().accounts().by_email(email).await?;
        let Some(account) = account else { return Ok(None) };
        let token = self.token.issue(&account, self.clock.now(), policy.token_life)?;
        // A token that changes nothing concerns no account: the same statement.
        let entry = Entry::new(AuditAction::PasswordResetRequested, AuditActor::Anonymous)
            .on(account.may_sign_in().then_some(account.details.uuid));
        retrying(|| async { self.audit.count(&mut *self.store.repositories(), &entry).await }).await?;
        Ok(Some(token))
    }
}
