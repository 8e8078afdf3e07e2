//! Where a password reset was asked for.

use std::sync::Arc;

use vestibule_domain::accounts::AccountTokenKind;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Tells at which surface a reset was asked for, by the token that was mailed: the rules for passwords are
/// those of that surface, whatever a form says.
pub struct ShowPasswordReset {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why it is not told.
    pub enum ShowPasswordResetError {}
}

impl ShowPasswordReset {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The name of the surface. `None` if there is no such token, or it is from before the surface was kept
    /// with it. Whether the token is still good is judged by
    /// [`CompletePasswordReset`](super::CompletePasswordReset).
    pub async fn execute(&self, token: &SecretToken) -> Result<Option<String>, ShowPasswordResetError> {
        let mut repositories = self.store.repositories();
        let kind = AccountTokenKind::PasswordReset;
        let token = repositories.account_tokens().by_digest(kind, &token.digest()).await?;
        Ok(token.and_then(|token| token.surface))
    }
}
