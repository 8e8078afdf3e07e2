//! Giving the password once more.

use std::sync::Arc;

use vestibule_domain::accounts::{Password, Role};
use vestibule_domain::store::Store;

use super::{
    ContinuedSession, Device, Identifier, LogIn, LogInError, LogInInput, LogOut, LogOutError, LogOutInput,
    LoggedIn,
};
use crate::Deps;
use crate::accounts::Steward;
use crate::error::use_case_error;
use crate::policy::SessionPolicy;

/// Proves before what cannot be undone that the one at the browser is the one who signed in.
///
/// A password that is given once more opens a new session in the place of the old one. So the time of the proof is that
/// of the sign-in, there is nothing to store, and wrong passwords are throttled and told like those of logins.
pub struct ProveAgain {
    store: Arc<dyn Store>,
    log_in: LogIn,
    log_out: LogOut,
}

/// The session, and the password where it was given.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProveAgainInput {
    pub session: ContinuedSession,
    /// As it was typed. It is not looked at while the proof of the session is fresh.
    pub password: Option<Password>,
    pub device: Device,
    pub policy: SessionPolicy,
}

use_case_error! {
    /// Why nothing is proved.
    pub enum ProveAgainError {
        /// The proof of the session is too old, and there is no password.
        #[error("the password is needed")]
        PasswordNeeded => PASSWORD_NEEDED,
        ..LogIn(LogInError),
        ..LogOut(LogOutError),
    }
}

impl ProveAgain {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { store: deps.store.clone(), log_in: LogIn::new(deps), log_out: LogOut::new(deps) }
    }

    /// Proves it at the console.
    pub async fn execute(
        &self,
        input: ProveAgainInput,
        hand_over: impl FnOnce(&LoggedIn),
    ) -> Result<Option<LoggedIn>, ProveAgainError> {
        self.execute_for(Steward::LEAST, input, hand_over).await
    }

    /// Proves it at a surface that is for accounts with this role or a higher one.
    ///
    /// Answers the session that is there in the place of the given one, which has ended; `None` where the proof of the
    /// given one is fresh.
    ///
    /// The new session goes to `hand_over` before the old one ends. Whoever keeps its token there loses it by no failure
    /// of what follows.
    pub async fn execute_for(
        &self,
        least: Role,
        input: ProveAgainInput,
        hand_over: impl FnOnce(&LoggedIn),
    ) -> Result<Option<LoggedIn>, ProveAgainError> {
        if input.session.is_proof_fresh {
            return Ok(None);
        }
        let password = input.password.ok_or(ProveAgainError::PasswordNeeded)?;
        let account = self.store.repositories().accounts().by_id(input.session.actor.account).await?;
        let details = account.map(|account| account.details);
        let identifier = details.and_then(|details| {
            let by_name = details.username.map(Identifier::from);
            details.email.map(Identifier::from).or(by_name)
        });
        // Nobody signs in without either, so both were taken away since.
        let identifier = identifier.ok_or(ProveAgainError::PasswordNeeded)?;
        let again = LogInInput { identifier, password, device: input.device, policy: input.policy };
        let opened = self.log_in.execute_for(least, again).await?;
        if opened.account != input.session.actor.account {
            // The address has become that of another account since it was read, and both have the same password.
            self.log_out.execute(LogOutInput { session: opened.session }).await?;
            return Err(ProveAgainError::PasswordNeeded);
        }
        hand_over(&opened);
        self.log_out.execute(LogOutInput { session: input.session.actor.session }).await?;
        Ok(Some(opened))
    }
}
