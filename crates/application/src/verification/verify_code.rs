//! Giving a mailed code back.

use std::net::IpAddr;
use std::sync::Arc;

use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeKey, CodePurpose};

use super::Codes;
use crate::Deps;
use crate::error::use_case_error;
use crate::policy::CodePolicy;
use crate::retry::retrying;

/// Proves an address with the code that was mailed to it. A code is good once.
///
/// What is proved is kept for the client that gave the code back: a recovery of the account may ask for it.
pub struct VerifyCode {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    codes: Codes,
}

/// What was mailed, and to whom.
#[derive(Debug)]
pub struct VerifyCodeInput {
    /// Address.
    pub email: EmailAddress,
    /// The code as it was typed.
    pub code: String,
    /// Where the client is.
    pub client_address: Option<IpAddr>,
    /// The surface's rules.
    pub policy: CodePolicy,
}

use_case_error! {
    /// Why nothing is proved.
    pub enum VerifyCodeError {
        /// The code is wrong, used or past its life, or was tried too often.
        #[error("the code is not valid")]
        InvalidCode => INVALID_CODE,
    }
}

impl VerifyCode {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), codes: Codes::new(deps) }
    }

    /// Verifies.
    pub async fn execute(&self, input: VerifyCodeInput) -> Result<(), VerifyCodeError> {
        let key = CodeKey::mail(&input.email, CodePurpose::Address);
        self.codes.count_try(&key, input.client_address).await?;
        if !retrying(|| self.attempt(&input, &key)).await? {
            return Err(VerifyCodeError::InvalidCode);
        }
        self.codes.forget_tries(&key, input.client_address).await;
        Ok(())
    }

    /// Whether it is the code.
    async fn attempt(&self, input: &VerifyCodeInput, key: &CodeKey) -> Result<bool, VerifyCodeError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        let right = self.codes.compare(&mut *unit, key, &input.code, input.policy, now).await?;
        let is_right = match right {
            Some(code) => {
                let prover = self.codes.prover(key, input.client_address);
                let until = now + input.policy.life;
                unit.verification_codes().prove(key, &code.digest, &prover, now, until).await?
            }
            None => false,
        };
        if !is_right {
            let account = unit.accounts().by_email(&input.email).await?;
            let account = account.filter(|account| account.details.deleted_at.is_none());
            self.codes.count_failure(&mut *unit, account.map(|account| account.details.uuid)).await?;
        }
        unit.commit().await?;
        Ok(is_right)
    }
}
