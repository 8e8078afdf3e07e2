//! Exchanging a refresh token.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountUuid, EmailAddress};
use vestibule_domain::audit::{AuditAction, AuditActor};
use vestibule_domain::ports::{Clock, TokenError, TokenSigner};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{RefreshToken, SessionState, TokenUse};
use vestibule_domain::store::{Store, StoreError};

use super::issue::{Holder, TokenIssuer};
use super::own_rotations::OwnRotations;
use super::{SessionStates, Sightings};
use crate::Deps;
use crate::audit::{AuditTrail, Entry};
use crate::error::use_case_error;
use crate::policy::{Rotation, SessionPolicy, TokenSubject};
use crate::retry::retrying;

/// Exchanges a refresh token for an access token and, where the surface rotates, for its successor.
pub struct RefreshAccess {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    signer: Arc<dyn TokenSigner>,
    states: SessionStates,
    issuer: TokenIssuer,
    own: OwnRotations,
    sightings: Sightings,
    audit: AuditTrail,
}

/// The token to exchange.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RefreshAccessInput {
    pub refresh_token: SecretToken,
    pub policy: SessionPolicy,
}

/// The new tokens.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RefreshedAccess {
    pub access_token: SecretToken,
    /// The successor of the refresh token, if the surface rotates.
    pub refresh_token: Option<SecretToken>,
}

use_case_error! {
    /// Why the token was not exchanged.
    pub enum RefreshAccessError {
        /// The token is ours and has expired.
        #[error("the refresh token has expired")]
        Expired => REFRESH_TOKEN_EXPIRED,
        /// The text is not a refresh token of ours.
        #[error("the refresh token is not valid")]
        Invalid => INVALID_REFRESH_TOKEN,
        /// The text is a valid token of ours for another use.
        #[error("the token is no refresh token")]
        OtherUse => TOKEN_OF_OTHER_USE,
        /// The token is signed with our key, but has not the form that we issue.
        #[error("the refresh token was not issued here")]
        Foreign => REFRESH_TOKEN_FOREIGN,
        /// The token was revoked or issued at another surface, or its account may not sign in.
        #[error("the refresh token is not known")]
        Unknown => REFRESH_TOKEN_UNKNOWN,
        /// The token was exchanged before, and the grace is over, so somebody has a copy. Its family is revoked.
        #[error("the refresh token was used twice")]
        Reused => REFRESH_TOKEN_REUSED,
        /// The token's session or account does not exist any more.
        #[error("the account is gone")]
        AccountGone => REFRESH_ACCOUNT_GONE,
    }
}

impl RefreshAccess {
    pub(crate) fn new(deps: &Deps, sightings: &Sightings) -> Self {
        Self {
            store: deps.store.clone(),
            clock: deps.clock.clone(),
            signer: deps.signer.clone(),
            states: SessionStates::new(deps),
            issuer: TokenIssuer::new(deps),
            own: OwnRotations::new(deps.leeway),
            sightings: sightings.clone(),
            audit: AuditTrail::new(deps),
        }
    }

    /// Checks the token, its record and the state of its session, in this order, and then exchanges it.
    pub async fn execute(&self, input: RefreshAccessInput) -> Result<RefreshedAccess, RefreshAccessError> {
        retrying(|| self.attempt(&input)).await
    }

    async fn attempt(&self, input: &RefreshAccessInput) -> Result<RefreshedAccess, RefreshAccessError> {
        let now = self.clock.now();
        let token = input.refresh_token.reveal();
        self.signer.verify(token, TokenUse::Refresh, now).map_err(|error| match error {
            TokenError::Expired => RefreshAccessError::Expired,
            TokenError::Invalid if self.is_of_other_use(token, now) => RefreshAccessError::OtherUse,
            TokenError::Invalid => RefreshAccessError::Invalid,
            TokenError::Foreign => RefreshAccessError::Foreign,
        })?;
        let digest = input.refresh_token.digest();
        let presented = self
            .store
            .repositories()
            .refresh_tokens()
            .by_digest(&digest)
            .await?
            .ok_or(RefreshAccessError::Unknown)?;
        let state = self.states.get(presented.session).await?.ok_or(RefreshAccessError::AccountGone)?;
        let is_from_here = state.surface == input.policy.surface;
        if !is_from_here || !state.gives_access(now) || now >= presented.expires_at {
            return Err(RefreshAccessError::Unknown);
        }

        let holder = self.holder(&presented, &state, input.policy.subject).await?;
        let refresh_token = match input.policy.rotation {
            Rotation::Keep if presented.rotated_at.is_none() => None,
            Rotation::Keep => {
                // From a time when this surface rotated. What it was exchanged for is good.
                self.revoke(&presented, holder.uuid, now).await?;
                return Err(RefreshAccessError::Reused);
            }
            Rotation::Rotate { grace } => {
                Some(self.rotate(presented, &digest, &holder, now, input.policy.refresh, grace).await?)
            }
        };
        let access_token = self.issuer.access(&holder, now, input.policy.access)?;
        self.sightings.add(holder.session, now);
        Ok(RefreshedAccess { access_token, refresh_token })
    }

    fn is_of_other_use(&self, token: &str, now: OffsetDateTime) -> bool {
        [TokenUse::Access, TokenUse::Email]
            .into_iter()
            .any(|token_use| self.signer.verify(token, token_use, now).is_ok())
    }

    /// Answers the successor of the presented token. The first exchange makes a new one. Everybody who comes within
    /// the grace gets the newest token of the family, which was not exchanged yet.
    ///
    /// Only the time of the first exchange is judged. No later step of the family is older, so if the first is within
    /// its grace, all are, even if a node whose clock is behind dated a later one into the past.
    async fn rotate(
        &self,
        presented: RefreshToken,
        digest: &SecretDigest,
        holder: &Holder,
        now: OffsetDateTime,
        life: Duration,
        grace: Duration,
    ) -> Result<SecretToken, RefreshAccessError> {
        if presented.rotated_at.is_none() {
            let (token, successor) = self.issuer.refresh(holder, now, life, Some(presented.id))?;
            let mut unit = self.store.begin().await?;
            if unit.refresh_tokens().rotate(presented.id, now).await? {
                unit.refresh_tokens().insert(&successor).await?;
                unit.commit().await?;
                self.own.add(presented.id, now, grace);
                return Ok(token);
            }
        }

        // Another exchange came first.
        let mut repositories = self.store.repositories();
        let rotated_at = repositories
            .refresh_tokens()
            .by_digest(digest)
            .await?
            .and_then(|token| token.rotated_at)
            .ok_or(RefreshAccessError::Unknown)?;
        if now >= rotated_at + grace + self.own.leeway_for(presented.id) {
            self.revoke(&presented, holder.uuid, now).await?;
            return Err(RefreshAccessError::Reused);
        }
        let newest = repositories.refresh_tokens().newest(presented.session).await?;
        Ok(self.issuer.refresh_again(holder, &newest.ok_or(RefreshAccessError::Unknown)?)?)
    }

    async fn revoke(
        &self,
        presented: &RefreshToken,
        whose: AccountUuid,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        tracing::warn!(
            account = presented.account.0,
            session = %presented.session.0,
            "a refresh token was used twice; its session is revoked"
        );
        let mut unit = self.store.begin().await?;
        unit.refresh_tokens().revoke_family(presented.session).await?;
        if unit.sessions().revoke(presented.session, now).await? {
            let entry = Entry::new(AuditAction::RefreshTokenReused, AuditActor::Anonymous).on(whose);
            self.audit.record(&mut *unit, &entry).await?;
        }
        self.states.commit(unit, &[presented.session]).await?;
        Ok(())
    }

    async fn holder(
        &self,
        token: &RefreshToken,
        state: &SessionState,
        subject: TokenSubject,
    ) -> Result<Holder, RefreshAccessError> {
        let address = match subject {
            TokenSubject::Uuid | TokenSubject::Identity | TokenSubject::UserId => None,
            TokenSubject::Address => self.address(state.account).await?,
        };
        Ok(Holder {
            account: state.account,
            uuid: state.uuid,
            subject: subject.of(state.uuid, address.as_ref()),
            role: state.role,
            session: token.session,
            session_ends: state.expires_at,
        })
    }

    /// The account's address now. The cached states hold only its mark, so that the cache names no person.
    async fn address(&self, account: AccountId) -> Result<Option<EmailAddress>, RefreshAccessError> {
        let found = self.store.repositories().accounts().by_id(account).await?;
        Ok(found.ok_or(RefreshAccessError::AccountGone)?.details.email)
    }
}
