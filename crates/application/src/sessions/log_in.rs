//! Logging in.

use std::net::IpAddr;
use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, Password, PasswordHash};
use vestibule_domain::ports::{
    Clock, HashError, IdGenerator, Limit, PasswordHasher, RateLimiter, Verification,
};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_domain::store::{Store, StoreError};

use super::issue::{Holder, TokenIssuer, whole_seconds};
use super::{Identifier, SessionStates};
use crate::error::use_case_error;
use crate::policy::{FAILED_LOGINS_PER_CLIENT, LOGINS_PER_ACCOUNT, SessionPolicy, client_bucket};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Proves a password and opens a session. One session too many ends the account's oldest one.
///
/// An unknown address and a wrong password give the same answer after the same work.
pub struct LogIn {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    hasher: Arc<dyn PasswordHasher>,
    limiter: Arc<dyn RateLimiter>,
    states: SessionStates,
    issuer: TokenIssuer,
    /// Open sessions of an account at the most.
    sessions_per_account: u64,
}

/// An account whose password was given.
struct Proven {
    account: Account,
    is_outdated: bool,
}

/// What is known of the client.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// What it calls itself, at most 255 characters.
    pub user_agent: Option<String>,
    /// Where it is.
    pub client_address: Option<IpAddr>,
}

/// Who wants to come in.
#[derive(Debug)]
pub struct LogInInput {
    /// The address or the name of the account.
    pub identifier: Identifier,
    /// Password, whatever was typed.
    pub password: Password,
    /// The client.
    pub device: Device,
    /// The surface's rules.
    pub policy: SessionPolicy,
}

/// An open session.
#[derive(Debug)]
pub struct LoggedIn {
    /// Authenticates requests.
    pub access_token: SecretToken,
    /// Is exchanged for further access tokens.
    pub refresh_token: SecretToken,
}

/// What does not match. All of it is one error with one code, so that only a surface whose contract demands
/// it tells more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// No account has this address, or it is in the trash.
    UnknownAccount,
    /// The password is another one, and the account was never activated.
    NeverActivated,
    /// The password is another one.
    Password,
}

use_case_error! {
    /// Why there is no session.
    pub enum LogInError {
        /// No such account, or another password.
        #[error("the address or the password is wrong")]
        WrongCredentials(Mismatch) => WRONG_CREDENTIALS,
        /// The password is right, and the account was never activated or is locked out.
        #[error("the account is not active")]
        NotActive {
            /// It was never activated.
            never_activated: bool,
        } => ACCOUNT_NOT_ACTIVE,
    } else LOGIN_FAILED
}

impl LogIn {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            hasher: deps.hasher.clone(),
            limiter: deps.limiter.clone(),
            states: SessionStates::new(deps),
            issuer: TokenIssuer::new(deps),
            sessions_per_account: deps.sessions_per_account,
        }
    }

    /// Logs in at a surface that allows fewer attempts to log in to one account, right ones too.
    pub async fn execute_within(&self, limit: Limit, input: LogInInput) -> Result<LoggedIn, LogInError> {
        let attempts = format!("{}:{}", input.policy.surface, input.identifier.attempts());
        Failure::unless_allowed(self.limiter.hit(&attempts, limit).await?)?;
        self.execute(input).await
    }

    /// Logs in.
    pub async fn execute(&self, input: LogInInput) -> Result<LoggedIn, LogInError> {
        if let Some(address) = input.device.client_address {
            let failures = self.limiter.check(&failures_of(address), FAILED_LOGINS_PER_CLIENT).await?;
            Failure::unless_allowed(failures)?;
        }
        let attempts = self.limiter.hit(&input.identifier.attempts(), LOGINS_PER_ACCOUNT).await?;
        Failure::unless_allowed(attempts)?;

        let mut proven = self.prove(&input).await?;
        let mut opened = retrying(|| self.open_session(&proven.account, &input)).await?;
        if opened.is_none() {
            // Another login upgraded the hash, or the password was changed. Once: either is rare.
            proven = self.prove(&input).await?;
            opened = retrying(|| self.open_session(&proven.account, &input)).await?;
        }
        let opened = opened.ok_or(LogInError::WrongCredentials(Mismatch::Password))?;
        if proven.is_outdated {
            self.upgrade_hash(&proven.account, &input.password).await;
        }
        Ok(opened)
    }

    /// Compares the password with that of the account, which may sign in.
    async fn prove(&self, input: &LogInInput) -> Result<Proven, LogInError> {
        let account = input.identifier.find(&mut *self.store.repositories()).await?;
        let verification = self.compare(&input.password, account.as_ref()).await?;
        let account = account.filter(|account| account.details.deleted_at.is_none());
        let mismatch = match &account {
            None => Mismatch::UnknownAccount,
            Some(account) if account.waits_for_activation() => Mismatch::NeverActivated,
            Some(_) => Mismatch::Password,
        };
        let (Some(account), Verification::Right | Verification::RightButOutdated) = (account, verification)
        else {
            if let Some(address) = input.device.client_address {
                self.limiter.hit(&failures_of(address), FAILED_LOGINS_PER_CLIENT).await?;
            }
            return Err(LogInError::WrongCredentials(mismatch));
        };
        self.limiter.forget(&input.identifier.attempts()).await?;
        if !account.details.is_active {
            return Err(LogInError::NotActive { never_activated: account.waits_for_activation() });
        }
        Ok(Proven { account, is_outdated: verification == Verification::RightButOutdated })
    }

    /// Compares with the password of the account, or, as long as it waits for its activation, with each that
    /// was registered. Nobody's costs the same as one.
    async fn compare(
        &self,
        password: &Password,
        account: Option<&Account>,
    ) -> Result<Verification, LogInError> {
        let mut hashes: Vec<_> =
            account.iter().map(|account| account.details.hashed_password.clone()).collect();
        if let Some(account) = account.filter(|account| account.waits_for_activation()) {
            let pending = self.store.repositories().pending_registrations().of_account(account.id).await?;
            hashes.retain(PasswordHash::is_set);
            hashes.extend(pending.into_iter().map(|registration| registration.hashed_password));
        }
        let mut hashes = hashes.into_iter();
        let mut verification = self.hasher.verify(password, hashes.next()).await?;
        for hash in hashes {
            if verification != Verification::Wrong {
                break;
            }
            verification = self.hasher.verify(password, Some(hash)).await?;
        }
        Ok(verification)
    }

    /// Opens a session of the account; `None` if its hash is another one now.
    async fn open_session(
        &self,
        account: &Account,
        input: &LogInInput,
    ) -> Result<Option<LoggedIn>, LogInError> {
        let now = self.clock.now();
        let session = self.new_session(account, input, now);
        let holder = Holder {
            account: account.id,
            uuid: account.details.uuid,
            subject: input.policy.subject.of(account.details.uuid, account.details.email.as_ref()),
            role: account.details.role,
            session: session.id,
            session_ends: session.expires_at,
        };
        let (refresh_token, record) = self.issuer.refresh(&holder, now, input.policy.refresh, None)?;
        let access_token = self.issuer.access(&holder, now, input.policy.access)?;

        let mut unit = self.store.begin().await?;
        // Comparing the password took a while. A session must not outlive a reset, a lockout or a
        // trash that came in between.
        let current = unit.accounts().lock(account.id).await?.filter(Account::may_sign_in);
        let current = current.ok_or(LogInError::WrongCredentials(Mismatch::Password))?;
        if current.details.hashed_password != account.details.hashed_password {
            return Ok(None);
        }
        let others = self.sessions_per_account.saturating_sub(1);
        let ended = unit.sessions().revoke_oldest(account.id, others, now).await?;
        unit.sessions().insert(&session).await?;
        unit.refresh_tokens().insert(&record).await?;
        if ended.is_empty() {
            unit.commit().await?;
        } else {
            self.states.commit(unit, &ended).await?;
        }
        Ok(Some(LoggedIn { access_token, refresh_token }))
    }

    fn new_session(&self, account: &Account, input: &LogInInput, now: OffsetDateTime) -> Session {
        Session {
            id: SessionId(self.ids.random()),
            account: account.id,
            surface: input.policy.surface.to_owned(),
            user_agent: input.device.user_agent.clone(),
            client_address: input.device.client_address,
            created_at: now,
            expires_at: whole_seconds(now) + input.policy.session,
            revoked_at: None,
        }
    }

    /// The person is in; a hash that stays as it is for another day is no reason to fail.
    async fn upgrade_hash(&self, account: &Account, password: &Password) {
        let old = &account.details.hashed_password;
        let upgraded = match self.hasher.hash(password).await {
            Ok(new) => self.store.repositories().accounts().upgrade_hash(account.id, old, &new).await,
            Err(HashError::Busy { .. }) => return,
            Err(HashError::Failed(cause)) => Err(StoreError::Unexpected(cause)),
        };
        if let Err(error) = upgraded {
            tracing::warn!(error = &error as &dyn std::error::Error, "a password hash was not upgraded");
        }
    }
}

/// The counter of wrong passwords from a client. A right one does not forget them, or a guesser would
/// only need an account.
fn failures_of(address: IpAddr) -> String {
    format!("login-failed:{}", client_bucket(address))
}
