//! Logging in.

use std::net::IpAddr;
use std::sync::Arc;

use time::OffsetDateTime;
use vestibule_domain::accounts::{Account, AccountId, AccountUuid, Password, PasswordHash, Role};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{
    Clock, HashError, IdGenerator, Limit, LimitDecision, PasswordHasher, RateLimiter, Verification,
};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Session, SessionId};
use vestibule_domain::store::{Store, StoreError};

use super::attempt::Attempt;
use super::compared::Compared;
use super::issue::{Holder, TokenIssuer, whole_seconds};
use super::{Identifier, SessionStates};
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::{LOGINS_PER_ACCOUNT, REACHED_LIMITS_TOLD, SessionPolicy};
use crate::retry::retrying;
use crate::{Deps, Failure};

/// Checks a password and opens a session. If the account then has too many sessions, its oldest one ends.
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
    /// How many open sessions an account may have.
    sessions_per_account: u64,
    audit: AuditTrail,
}

/// An account whose password was given, and whether its hash should be renewed.
struct Proven {
    account: Account,
    is_outdated: bool,
}

/// What is known of the client.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// The `User-Agent` header, at most 255 characters.
    pub user_agent: Option<String>,
    /// The client's address.
    pub client_address: Option<IpAddr>,
}

/// What a person logs in with.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LogInInput {
    /// The address or the name of the account.
    pub identifier: Identifier,
    /// As it was typed, without any check.
    pub password: Password,
    pub device: Device,
    pub policy: SessionPolicy,
}

/// The tokens of the new session.
#[derive(Debug)]
pub struct LoggedIn {
    /// Authenticates requests.
    pub access_token: SecretToken,
    /// Is exchanged for further access tokens.
    pub refresh_token: SecretToken,
    /// Whose session it is.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
}

/// Which part does not match. All are one error with one code, so that only a surface whose contract demands it tells
/// the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// No account has this address, or it is in the trash.
    UnknownAccount,
    /// The password is wrong, and the account was never activated.
    NeverActivated,
    /// The password is wrong.
    Password,
}

use_case_error! {
    /// Why no session was opened.
    pub enum LogInError {
        /// No account has this address, or the password is wrong.
        #[error("the address or the password is wrong")]
        WrongCredentials(Mismatch) => WRONG_CREDENTIALS,
        /// The password is right, and the account was never activated or is locked out.
        #[error("the account is not active")]
        NotActive {
            /// Whether the account was never activated; otherwise it is locked out.
            never_activated: bool,
        } => ACCOUNT_NOT_ACTIVE,
        /// The password is right, and the role of the account is too low for [`LogIn::execute_for`].
        #[error("the role is too low")]
        RoleTooLow => CONSOLE_FORBIDDEN,
    } else LOGIN_FAILED
}

impl LogIn {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            ids: deps.ids.clone(),
            hasher: deps.hasher.clone(),
            limiter: deps.limiter.clone(),
            states: SessionStates::new(deps),
            issuer: TokenIssuer::new(deps),
            sessions_per_account: deps.sessions_per_account,
            audit: AuditTrail::new(deps),
        }
    }

    /// Logs in at a surface that allows fewer attempts to log in to one account, right ones too.
    pub async fn execute_within(&self, limit: Limit, input: LogInInput) -> Result<LoggedIn, LogInError> {
        let attempts = format!("{}:{}", input.policy.surface, input.identifier.attempts());
        Failure::unless_allowed(self.limiter.hit(&attempts, limit).await?)?;
        self.execute(input).await
    }

    /// Checks the limits, compares the password outside of the unit of work, and opens the session. `NotActive` is
    /// answered only for the right password.
    pub async fn execute(&self, input: LogInInput) -> Result<LoggedIn, LogInError> {
        self.execute_for(Role::User, input).await
    }

    /// Logs in at a surface that is only for accounts with this role or a higher one. `RoleTooLow` is answered only for
    /// the right password. A role that is lowered later is looked at by the surface, on each request.
    pub async fn execute_for(&self, least: Role, input: LogInInput) -> Result<LoggedIn, LogInError> {
        let compared = self.compared_within_limits(&input).await?;
        self.enter(compared, &input, least).await
    }

    /// Opens a session for what the comparison found.
    pub(crate) async fn enter(
        &self,
        compared: Compared,
        input: &LogInInput,
        least: Role,
    ) -> Result<LoggedIn, LogInError> {
        let mut proven = self.judge(compared, input, least).await?;
        let mut opened = self.open(&proven.account, input).await?;
        if opened.is_none() {
            // Another login upgraded the hash, or the password or the address was changed. One repetition is enough,
            // because both are rare.
            let attempt = Attempt::begin(&self.limiter, input.device.client_address).await?;
            let compared = self.compared(input, attempt).await?;
            proven = self.judge(compared, input, least).await?;
            opened = self.open(&proven.account, input).await?;
        }
        let Some(opened) = opened else {
            self.count(AuditAction::LogInFailed, Some(proven.account.details.uuid)).await?;
            return Err(LogInError::WrongCredentials(Mismatch::Password));
        };
        if proven.is_outdated {
            self.upgrade_hash(&proven.account, &input.password).await;
        }
        Ok(opened)
    }

    /// Compares the password, unless the client failed too often or the account was tried too often.
    pub(crate) async fn compared_within_limits(&self, input: &LogInInput) -> Result<Compared, LogInError> {
        let attempt = Attempt::begin(&self.limiter, input.device.client_address).await?;
        if let Err(refused) = self.within_limit_of_account(input).await {
            attempt.end(false).await;
            return Err(refused);
        }
        self.compared(input, attempt).await
    }

    async fn within_limit_of_account(&self, input: &LogInInput) -> Result<(), LogInError> {
        let attempts = self.limiter.hit(&input.identifier.attempts(), LOGINS_PER_ACCOUNT).await?;
        if attempts != LimitDecision::Allowed {
            self.tell_reached_limit(&input.identifier).await?;
        }
        Ok(Failure::unless_allowed(attempts)?)
    }

    /// Finds the account and compares the password, which ends the attempt.
    async fn compared(&self, input: &LogInInput, mut attempt: Attempt) -> Result<Compared, LogInError> {
        let compared = self.find_and_compare(input, &mut attempt).await;
        attempt.end(compared.as_ref().is_ok_and(Compared::has_failed)).await;
        compared
    }

    async fn find_and_compare(
        &self,
        input: &LogInInput,
        attempt: &mut Attempt,
    ) -> Result<Compared, LogInError> {
        let account = input.identifier.find(&mut *self.store.repositories()).await?;
        let hashes = self.hashes(account.as_ref()).await?;
        attempt.is_compared();
        let verification = self.compare(&input.password, hashes).await?;
        let (in_trash, account) = match account {
            Some(account) if account.details.deleted_at.is_some() => (Some(account), None),
            account => (None, account),
        };
        Ok(Compared { account, in_trash, verification })
    }

    /// Answers only an account that may sign in here.
    async fn judge(&self, compared: Compared, input: &LogInInput, least: Role) -> Result<Proven, LogInError> {
        let Compared { account, verification, .. } = compared;
        let mismatch = match &account {
            None => Mismatch::UnknownAccount,
            Some(account) if account.waits_for_activation() => Mismatch::NeverActivated,
            Some(_) => Mismatch::Password,
        };
        let known = account.as_ref().map(|account| account.details.uuid);
        let (Some(account), Verification::Right | Verification::RightButOutdated) = (account, verification)
        else {
            self.count(AuditAction::LogInFailed, known).await?;
            return Err(LogInError::WrongCredentials(mismatch));
        };
        self.limiter.forget(&input.identifier.attempts()).await?;
        if !account.details.is_active {
            self.count(AuditAction::LogInRefused, known).await?;
            return Err(LogInError::NotActive { never_activated: account.waits_for_activation() });
        }
        if account.details.role < least {
            self.count(AuditAction::LogInRefused, known).await?;
            return Err(LogInError::RoleTooLow);
        }
        Ok(Proven { account, is_outdated: verification == Verification::RightButOutdated })
    }

    /// The hash of the account's password, or, while the account waits for its activation, those of its pending
    /// registrations. None without an account.
    async fn hashes(&self, account: Option<&Account>) -> Result<Vec<PasswordHash>, StoreError> {
        let mut hashes: Vec<_> =
            account.iter().map(|account| account.details.hashed_password.clone()).collect();
        if let Some(account) = account.filter(|account| account.waits_for_activation()) {
            let pending = self.store.repositories().pending_registrations().of_account(account.id).await?;
            hashes.retain(PasswordHash::is_set);
            hashes.extend(pending.into_iter().map(|registration| registration.hashed_password));
        }
        Ok(hashes)
    }

    /// Compares the password with each hash. Without one the comparison takes the same work.
    async fn compare(
        &self,
        password: &Password,
        hashes: Vec<PasswordHash>,
    ) -> Result<Verification, HashError> {
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

    /// Counts an attempt that failed, before it is answered: nobody learns of a guess that is not in the trail.
    pub(super) async fn count(
        &self,
        action: AuditAction,
        account: Option<AccountUuid>,
    ) -> Result<(), StoreError> {
        let entry = Entry::new(action, AuditActor::Anonymous).on(account);
        retrying(|| async { self.audit.count(&mut *self.store.repositories(), &entry).await }).await
    }

    /// Counts once in a while that the limit of an account is reached: who is refused for it costs no statement else.
    async fn tell_reached_limit(&self, identifier: &Identifier) -> Result<(), LogInError> {
        let told = format!("limit-of-{}", identifier.attempts());
        if self.limiter.hit(&told, REACHED_LIMITS_TOLD).await? == LimitDecision::Allowed {
            let account = identifier.find(&mut *self.store.repositories()).await?;
            let account = account.filter(|account| account.details.deleted_at.is_none());
            self.count(AuditAction::LogInLimitReached, account.map(|account| account.details.uuid)).await?;
        }
        Ok(())
    }

    /// Opens a session of the account; `None` if its hash is another one now, or the address
    /// that its tokens say.
    async fn open(&self, account: &Account, input: &LogInInput) -> Result<Option<LoggedIn>, LogInError> {
        let opened = retrying(|| self.open_session(account, input)).await;
        if matches!(opened, Err(LogInError::WrongCredentials(_))) {
            self.count(AuditAction::LogInFailed, Some(account.details.uuid)).await?;
        }
        opened
    }

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
        // The comparison took a while. A session must not outlive a reset, a lockout or a removal to the trash that
        // came in between.
        let current = unit.accounts().lock(account.id).await?.filter(Account::may_sign_in);
        let current = current.ok_or(LogInError::WrongCredentials(Mismatch::Password))?;
        if current.details.hashed_password != account.details.hashed_password {
            return Ok(None);
        }
        if input.policy.subject.of(current.details.uuid, current.details.email.as_ref()) != holder.subject {
            return Ok(None);
        }
        let others = self.sessions_per_account.saturating_sub(1);
        let ended = unit.sessions().revoke_oldest(account.id, others, now).await?;
        unit.sessions().insert(&session).await?;
        unit.refresh_tokens().insert(&record).await?;
        let mut entry = Entry::own(AuditAction::LoggedIn, account.details.uuid);
        if !ended.is_empty() {
            entry = entry.with("ended_sessions", ended.len() as u64);
        }
        self.audit.record(&mut *unit, &entry).await?;
        if ended.is_empty() {
            unit.commit().await?;
        } else {
            self.states.commit(unit, &ended).await?;
        }
        Ok(Some(LoggedIn { access_token, refresh_token, account: account.id, session: session.id }))
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
            last_seen_at: None,
        }
    }

    /// Upgrades the hash. The login has succeeded already, so a failure is only logged.
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
