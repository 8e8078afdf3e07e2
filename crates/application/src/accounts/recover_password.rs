//! Setting a new password with a recovery token.

use std::net::IpAddr;
use std::sync::Arc;

use vestibule_domain::accounts::{Account, NewPassword, PasswordHash, PasswordPolicy, WeakPassword};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::{Clock, RateLimiter};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeKey, CodePurpose};

use super::new_passwords::NewPasswords;
use super::password_change::{NewHash, PasswordChange};
use super::recovery_token::{Recovered, RecoveryToken};
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::{FAILED_RESETS_PER_ADDRESS, RecoveryPolicy};
use crate::retry::retrying;
use crate::sessions::attempts_of;
use crate::verification::Codes;
use crate::{Deps, Failure};

/// Sets a new password with a recovery token, and ends every session of the account. A token is good once.
///
/// Anybody gets a token. So, unless the door `recovery_token` is open, it asks for the proof that the same client gave
/// back a code that was mailed to the address. A proof is good once, too.
pub struct RecoverPassword {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    passwords: NewPasswords,
    limiter: Arc<dyn RateLimiter>,
    token: RecoveryToken,
    codes: Codes,
    change: PasswordChange,
    audit: AuditTrail,
}

/// The token, and the new password.
#[derive(Debug)]
pub struct RecoverPasswordInput {
    /// The token.
    pub token: SecretToken,
    /// The new password as it was typed: it is judged after the token.
    pub password: String,
    /// The surface's rules for passwords.
    pub password_policy: PasswordPolicy,
    /// Where the client is.
    pub client_address: Option<IpAddr>,
    /// The language of the notice, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules for recoveries.
    pub policy: RecoveryPolicy,
}

use_case_error! {
    /// Why the password is still the old one.
    pub enum RecoverPasswordError {
        /// Not a recovery token that is good, for an account that may sign in and whose address was proved.
        #[error("the recovery token is not valid")]
        InvalidToken => INVALID_RECOVERY_TOKEN,
        /// The new password breaks a rule.
        #[error("the new password is too weak")]
        Weak(WeakPassword) => WEAK_PASSWORD,
        /// The password is known from a breach.
        #[error("the password is known from a breach")]
        Breached => BREACHED_PASSWORD,
    } else PASSWORD_RESET_FAILED
}

impl RecoverPassword {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            passwords: NewPasswords::new(deps),
            limiter: deps.limiter.clone(),
            token: RecoveryToken::new(deps),
            codes: Codes::new(deps),
            change: PasswordChange::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Sets the password. A token of ours that is refused counts for its account; what is none of ours names nobody,
    /// cannot be guessed, and costs no statement.
    pub async fn execute(&self, input: RecoverPasswordInput) -> Result<(), RecoverPasswordError> {
        let read = self.token.read(input.token.reveal(), self.clock.now());
        let recovered = read.map_err(|_not_good| RecoverPasswordError::InvalidToken)?;
        let done = self.recover(&input, &recovered).await;
        if matches!(done, Err(RecoverPasswordError::InvalidToken)) {
            self.count_failure(&recovered).await?;
        }
        done
    }

    /// Counts a refused token, before it is answered. Over the limit it is refused for that, and costs no statement.
    async fn count_failure(&self, recovered: &Recovered) -> Result<(), Failure> {
        let failures = format!("recovery-failed:{}", recovered.account);
        Failure::unless_allowed(self.limiter.hit(&failures, FAILED_RESETS_PER_ADDRESS).await?)?;
        let entry = Entry::new(AuditAction::PasswordResetFailed, AuditActor::Anonymous).on(recovered.uuid);
        let count = || async { self.audit.count(&mut *self.store.repositories(), &entry).await };
        Ok(retrying(count).await?)
    }

    async fn recover(
        &self,
        input: &RecoverPasswordInput,
        recovered: &Recovered,
    ) -> Result<(), RecoverPasswordError> {
        let account = self.account(recovered).await?.ok_or(RecoverPasswordError::InvalidToken)?;
        if !self.is_proved(&account, input).await? {
            return Err(RecoverPasswordError::InvalidToken);
        }
        let password = input.password_policy.check(&input.password).map_err(RecoverPasswordError::Weak)?;
        let hash = self.hash(&password).await?;
        retrying(|| self.attempt(input, recovered, &hash)).await?;
        // Whoever guessed at the old password does not keep the owner out any longer.
        if let Some(email) = &account.details.email
            && let Err(error) = self.limiter.forget(&attempts_of(email)).await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "failed logins were not forgotten");
        }
        Ok(())
    }

    async fn hash(&self, password: &NewPassword) -> Result<PasswordHash, RecoverPasswordError> {
        self.passwords.hash(password).await?.ok_or(RecoverPasswordError::Breached)
    }

    /// The account of a token, if it may sign in and has the password that it had.
    async fn account(&self, recovered: &Recovered) -> Result<Option<Account>, RecoverPasswordError> {
        let account = self.store.repositories().accounts().by_id(recovered.account).await?;
        Ok(account.filter(|account| account.may_sign_in() && recovered.is_for(account)))
    }

    /// Whether the client proved the address, if that is asked for.
    async fn is_proved(
        &self,
        account: &Account,
        input: &RecoverPasswordInput,
    ) -> Result<bool, RecoverPasswordError> {
        if !input.policy.asks_for_proof {
            return Ok(true);
        }
        let Some(key) = proof_of(account) else { return Ok(false) };
        let (now, mut repositories) = (self.clock.now(), self.store.repositories());
        for prover in self.codes.provers(&key, input.client_address) {
            if repositories.verification_codes().has_proof(&key, &prover, now).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn attempt(
        &self,
        input: &RecoverPasswordInput,
        recovered: &Recovered,
        hash: &PasswordHash,
    ) -> Result<(), RecoverPasswordError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        // Hashing took a while. Of two uses at once one gets here with the password that the token is for.
        let account = unit.accounts().lock(recovered.account).await?;
        let account = account
            .filter(|account| account.may_sign_in() && recovered.is_for(account))
            .ok_or(RecoverPasswordError::InvalidToken)?;
        if input.policy.asks_for_proof {
            let key = proof_of(&account).ok_or(RecoverPasswordError::InvalidToken)?;
            let mut is_used = false;
            for prover in self.codes.provers(&key, input.client_address) {
                is_used = is_used || unit.verification_codes().use_proof(&key, &prover, now).await?;
            }
            if !is_used {
                return Err(RecoverPasswordError::InvalidToken);
            }
        }
        let new = NewHash {
            account: &account,
            hash,
            action: AuditAction::PasswordReset,
            // With the door open, whoever asked for the token proved nothing.
            by: if input.policy.asks_for_proof {
                AuditActor::Account(account.details.uuid)
            } else {
                AuditActor::Anonymous
            },
            keep: None,
            language: input.language,
        };
        Ok(self.change.commit(unit, new, now).await?)
    }
}

/// What proves the address of an account.
fn proof_of(account: &Account) -> Option<CodeKey> {
    account.details.email.as_ref().map(|email| CodeKey::mail(email, CodePurpose::Address))
}
