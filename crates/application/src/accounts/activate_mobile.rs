//! Activation by a mobile number.

use std::net::IpAddr;
use std::sync::Arc;

use vestibule_domain::accounts::{Account, ListedAccount, MobileNumber};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::messages::Language;
use vestibule_domain::ports::Clock;
use vestibule_domain::store::Store;
use vestibule_domain::verification::{CodeKey, CodePurpose, CodeShape};

use super::Administrator;
use super::view::listed;
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::CodePolicy;
use crate::retry::retrying;
use crate::verification::{Codes, Draft};

/// Activates the account of a mobile number with the code that was sent to it, or by the number alone where that is
/// enough. Without a code another one is sent, once in a while.
pub struct ActivateMobile {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    codes: Codes,
    audit: AuditTrail,
}

/// What activates.
#[derive(Debug, Clone, Copy)]
pub enum MobileProof {
    /// The code that was sent.
    Code,
    /// The number alone: the door `mobile_activation` is open.
    NumberAlone,
    /// An administrator says so.
    Administrator(Administrator),
}

/// Whose account is to be activated.
#[derive(Debug)]
pub struct ActivateMobileInput {
    /// Mobile number.
    pub mobile: MobileNumber,
    /// The code as it was typed; an empty one is none.
    pub code: Option<String>,
    /// What activates.
    pub proof: MobileProof,
    /// Where the client is.
    pub client_address: Option<IpAddr>,
    /// The language of another SMS, if the request names one.
    pub language: Option<Language>,
    /// The surface's rules for the code.
    pub policy: CodePolicy,
}

use_case_error! {
    /// Why the account was not activated.
    pub enum ActivateMobileError {
        /// No account has this number, or it is in the trash or locked out.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// No code, or one that is wrong, used, past its life or tried too often. Nothing else is told of an account
        /// that does not wait for its activation.
        #[error("the code is not valid")]
        InvalidCode => INVALID_CODE,
    }
}

impl ActivateMobile {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            codes: Codes::new(deps),
            audit: AuditTrail::new(deps),
        }
    }

    /// Activates. By the number alone it may be repeated.
    pub async fn execute(&self, input: ActivateMobileInput) -> Result<ListedAccount, ActivateMobileError> {
        let account = self.store.repositories().accounts().by_mobile(&input.mobile).await?;
        let account = account
            .filter(|account| account.details.deleted_at.is_none())
            .ok_or(ActivateMobileError::NotFound)?;
        let key = CodeKey::sms(&input.mobile, CodePurpose::Activation);
        match input.proof {
            MobileProof::NumberAlone => retrying(|| self.let_in(&account, &key, None)).await,
            MobileProof::Administrator(by) => retrying(|| self.let_in(&account, &key, Some(by))).await,
            MobileProof::Code => match input.code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
                None => {
                    self.codes.count_sending(&key, input.policy).await?;
                    retrying(|| self.send_again(&account, &key, &input)).await?;
                    Err(ActivateMobileError::InvalidCode)
                }
                Some(code) => {
                    self.codes.count_try(&key, input.client_address).await?;
                    let activated = retrying(|| self.by_code(&account, &key, code, &input)).await?;
                    let activated = activated.ok_or(ActivateMobileError::InvalidCode)?;
                    self.codes.forget_tries(&key, input.client_address).await;
                    Ok(activated)
                }
            },
        }
    }

    async fn let_in(
        &self,
        account: &Account,
        key: &CodeKey,
        by: Option<Administrator>,
    ) -> Result<ListedAccount, ActivateMobileError> {
        let mut unit = self.store.begin().await?;
        let asks = by.and_then(Administrator::account);
        let wanted: Vec<_> = [account.id].into_iter().chain(asks).collect();
        let locked = unit.accounts().lock_all(&wanted).await?;
        let may = by.is_none_or(|by| by.still_holds(&locked));
        if !may || !locked.iter().any(|locked| is_same(locked, account)) {
            return Err(ActivateMobileError::NotFound);
        }
        let let_in = unit.accounts().let_in(account.id, self.clock.now()).await?;
        if let_in {
            unit.verification_codes().remove(key).await?;
            let who = by.map_or(AuditActor::Anonymous, Administrator::who);
            let entry = Entry::new(AuditAction::AccountActivated, who).on(account.details.uuid);
            self.audit.record(&mut *unit, &entry).await?;
        }
        let account = unit.accounts().by_id(account.id).await?.filter(Account::may_sign_in);
        let account = account.ok_or(ActivateMobileError::NotFound)?;
        unit.commit().await?;
        Ok(listed(account))
    }

    /// Sends another code to an account that waits for it.
    async fn send_again(
        &self,
        account: &Account,
        key: &CodeKey,
        input: &ActivateMobileInput,
    ) -> Result<(), ActivateMobileError> {
        let mut unit = self.store.begin().await?;
        let waiting = unit.accounts().lock(account.id).await?.filter(Account::waits_for_activation);
        let Some(waiting) = waiting.filter(|waiting| is_same(waiting, account)) else { return Ok(()) };
        let draft = Draft {
            key,
            account: Some(waiting.id),
            shape: CodeShape::SIX_DIGITS,
            life: input.policy.life,
            language: input.language,
        };
        self.codes.send(&mut *unit, draft, self.clock.now()).await?;
        let entry = Entry::new(AuditAction::ConfirmationRequested, AuditActor::Anonymous);
        self.audit.count(&mut *unit, &entry.on(waiting.details.uuid)).await?;
        unit.commit().await?;
        self.codes.wake();
        Ok(())
    }

    /// The account, if the code activated it.
    async fn by_code(
        &self,
        account: &Account,
        key: &CodeKey,
        code: &str,
        input: &ActivateMobileInput,
    ) -> Result<Option<ListedAccount>, ActivateMobileError> {
        let now = self.clock.now();
        let mut unit = self.store.begin().await?;
        // First, as whoever sends another code does: in the other order each would wait for the other.
        let locked = unit.accounts().lock(account.id).await?;
        let right = self.codes.compare(&mut *unit, key, code, input.policy, now).await?;
        let is_its_own = right.is_some_and(|code| code.account == Some(account.id))
            && locked.is_some_and(|locked| is_same(&locked, account));
        let mut activated = None;
        if is_its_own && unit.accounts().let_in(account.id, now).await? {
            unit.verification_codes().remove(key).await?;
            activated = unit.accounts().by_id(account.id).await?.map(listed);
            let entry = Entry::own(AuditAction::AccountActivated, account.details.uuid);
            self.audit.record(&mut *unit, &entry).await?;
        } else {
            self.codes.count_failure(&mut *unit, Some(account.details.uuid)).await?;
        }
        // Also for a wrong one: it counts when this is committed.
        unit.commit().await?;
        Ok(activated)
    }
}

/// Whether it is the account with the number by which it was found: an administrator may change that meanwhile.
fn is_same(locked: &Account, found: &Account) -> bool {
    locked.id == found.id && locked.details.mobile == found.details.mobile
}
