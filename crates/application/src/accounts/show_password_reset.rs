//! The surface at which a password reset was asked for.

use std::sync::Arc;

use vestibule_domain::accounts::AccountTokenKind;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;

use crate::Deps;
use crate::error::use_case_error;

/// Tells at which surface a reset was asked for, by its mailed token. The password rules of that surface apply,
/// whatever a form says.
pub struct ShowPasswordReset {
    store: Arc<dyn Store>,
}

use_case_error! {
    /// Why the surface could not be looked up.
    pub enum ShowPasswordResetError {}
}

impl ShowPasswordReset {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone() }
    }

    /// The name of the surface. `None` if there is no such token, or if it is from a release that did not store the
    /// surface. Only [`CompletePasswordReset`](super::CompletePasswordReset) judges whether the token is still valid.
    pub async fn execute(&self, token: &SecretToken) -> Result<Option<String>, ShowPasswordResetError> {
        let mut repositories = self.store.repositories();
        let kind = AccountTokenKind::PasswordReset;
        let token = repositories.account_tokens().by_digest(kind, &token.digest()).await?;
        Ok(token.and_then(|token| token.surface))
    }
}
