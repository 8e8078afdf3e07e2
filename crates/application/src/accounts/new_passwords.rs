//! Hashing new passwords.

use std::error::Error;
use std::sync::Arc;

use vestibule_domain::accounts::{NewPassword, PasswordHash};
use vestibule_domain::ports::{BreachedPasswords, PasswordHasher};

use crate::policy::{BreachedPolicy, BreachedScope};
use crate::{Deps, Failure};

/// Hashes new passwords, and none that is known from a breach where such passwords are refused.
pub(super) struct NewPasswords {
    hasher: Arc<dyn PasswordHasher>,
    breached: Arc<dyn BreachedPasswords>,
    policy: BreachedPolicy,
}

impl NewPasswords {
    pub(super) fn new(deps: &Deps) -> Self {
        Self { hasher: deps.hasher.clone(), breached: deps.breached.clone(), policy: deps.breached_policy }
    }

    /// The hash of a new password; `None` if the password is refused as breached.
    pub(super) async fn hash(&self, password: &NewPassword) -> Result<Option<PasswordHash>, Failure> {
        let looks_up = match self.policy.scope {
            BreachedScope::Nobody | BreachedScope::Admins => false,
            BreachedScope::Everyone => true,
        };
        self.hash_unless_breached(password, looks_up).await
    }

    /// As [`NewPasswords::hash`], for an administrator whom an operator creates.
    pub(super) async fn hash_of_admin(
        &self,
        password: &NewPassword,
    ) -> Result<Option<PasswordHash>, Failure> {
        let looks_up = match self.policy.scope {
            BreachedScope::Nobody => false,
            BreachedScope::Admins | BreachedScope::Everyone => true,
        };
        self.hash_unless_breached(password, looks_up).await
    }

    async fn hash_unless_breached(
        &self,
        password: &NewPassword,
        looks_up: bool,
    ) -> Result<Option<PasswordHash>, Failure> {
        if looks_up && self.is_breached(password).await? {
            return Ok(None);
        }
        Ok(Some(self.hasher.hash(password.as_password()).await?))
    }

    async fn is_breached(&self, password: &NewPassword) -> Result<bool, Failure> {
        match self.breached.knows(password.as_password()).await {
            Ok(is_known) => Ok(is_known),
            Err(error) if self.policy.accepts_unknown => {
                tracing::warn!(error = &error as &dyn Error, "a new password was not looked up");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}
