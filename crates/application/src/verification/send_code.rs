//! Mailing a code.

use std::sync::Arc;
use std::time::Duration;

use vestibule_domain::accounts::EmailAddress;
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Clock;
use vestibule_domain::secret::SecretToken;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeKey, CodePurpose, CodeShape};

use super::Codes;
use super::codes::Draft;
use crate::Deps;
use crate::error::use_case_error;
use crate::policy::CodePolicy;
use crate::retry::retrying;

/// Mails a code to an address, whether it has an account or not. The last code of the address is good no more, nor what
/// it proved.
pub struct SendCode {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    codes: Codes,
}

/// Who wants what code.
#[derive(Debug)]
pub struct SendCodeInput {
    /// Address.
    pub email: EmailAddress,
    /// What the code looks like.
    pub shape: CodeShape,
    /// The language of the mail, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules.
    pub policy: CodePolicy,
}

/// A code on its way.
#[derive(Debug)]
pub struct SentCode {
    /// The code: not to be told, unless the door `verification_code_in_response` is open.
    pub code: SecretToken,
    /// How long it is good.
    pub life: Duration,
}

use_case_error! {
    /// Why no code is on its way.
    pub enum SendCodeError {}
}

impl SendCode {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), codes: Codes::new(deps) }
    }

    /// Queues the mail. It does not wait for its delivery.
    pub async fn execute(&self, input: SendCodeInput) -> Result<SentCode, SendCodeError> {
        let key = CodeKey::mail(&input.email, CodePurpose::Address);
        self.codes.count_sending(&key, input.policy).await?;
        retrying(|| self.attempt(&input, &key)).await
    }

    async fn attempt(&self, input: &SendCodeInput, key: &CodeKey) -> Result<SentCode, SendCodeError> {
        let now = self.clock.now();
        let life = input.policy.life;
        let draft = Draft { key, account: None, shape: input.shape, life, language: input.language };
        let mut unit = self.store.begin().await?;
        let code = self.codes.send(&mut *unit, draft, now).await?;
        unit.commit().await?;
        self.codes.wake();
        Ok(SentCode { code, life })
    }
}
