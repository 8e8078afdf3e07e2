//! Going on with a session that ends when nobody uses it.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{Clock, SignError, TokenError, TokenSigner};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{Claims, SessionId, SessionState, TokenId, TokenUse};

use super::issue::{Holder, TokenIssuer};
use super::{SessionStates, Sightings};
use crate::error::use_case_error;
use crate::policy::{FRESH_PROOF, SessionPolicy};
use crate::{Actor, Deps};

/// How old a token is when it is replaced. So pages that are opened at once get one token, and the time that a session
/// may be idle is exact to a minute.
const RENEWED_AFTER: Duration = Duration::from_mins(1);

/// Turns the access token of a session in a browser into an [`Actor`], and replaces it by one that lives on. A session
/// whose last token has expired is over: the life of an access token is how long it may be idle. No row is written, so
/// looking at pages costs the store nothing; that the session was seen is noted later.
pub struct ContinueSession {
    clock: Arc<dyn Clock>,
    signer: Arc<dyn TokenSigner>,
    states: SessionStates,
    issuer: TokenIssuer,
    sightings: Sightings,
    leeway: Duration,
}

/// The token, and the rules of the surface.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ContinueSessionInput {
    pub token: SecretToken,
    /// The session has to be of this surface: the rules of another one let it be idle for longer.
    pub policy: SessionPolicy,
}

/// A session that goes on.
#[derive(Debug, Clone)]
pub struct ContinuedSession {
    /// Who asks.
    pub actor: Actor,
    /// Whether the sign-in, at which the password was given, is so recent that what cannot be undone may be done
    /// without it; see [`ProveAgain`](super::ProveAgain).
    pub is_proof_fresh: bool,
    /// What a form of this session has to carry, so that no page of others can send it: a MAC of the session under the
    /// key of access tokens. It is the same for the whole session, and at every server.
    pub form_mark: SecretDigest,
    /// What the mark is made of.
    marked: Claims,
    /// The rules by which it went on.
    policy: SessionPolicy,
    /// The token in the place of the one that was given, if that is a minute old.
    pub renewed: Option<SecretToken>,
}

use_case_error! {
    /// Why the session does not go on.
    pub enum ContinueSessionError {
        /// The token is ours and has expired: nobody used the session for too long.
        #[error("the session was idle for too long")]
        Expired => ACCESS_TOKEN_EXPIRED,
        /// The text is not an access token of ours.
        #[error("the access token is not valid")]
        Invalid => INVALID_ACCESS_TOKEN,
        /// The session has ended, is one of another surface, or its account may not sign in.
        #[error("the session is over")]
        Revoked => ACCESS_TOKEN_REVOKED,
    }
}

impl ContinueSession {
    pub(crate) fn new(deps: &Deps, sightings: &Sightings) -> Self {
        Self {
            clock: deps.clock.clone(),
            signer: deps.signer.clone(),
            states: SessionStates::new(deps),
            issuer: TokenIssuer::new(deps),
            sightings: sightings.clone(),
            leeway: deps.leeway,
        }
    }

    /// Checks the token's signature and `exp` first, then the state of its session. The role comes from the state.
    pub async fn execute(
        &self,
        input: ContinueSessionInput,
    ) -> Result<ContinuedSession, ContinueSessionError> {
        let now = self.clock.now();
        let verified = self.signer.verify(input.token.reveal(), TokenUse::Access, now);
        let claims = verified.map_err(|error| match error {
            TokenError::Expired => ContinueSessionError::Expired,
            TokenError::Invalid | TokenError::Foreign => ContinueSessionError::Invalid,
        })?;
        let state = self.open(claims.session, claims.account, input.policy, now).await?;
        let is_old = now >= claims.issued_at + RENEWED_AFTER;
        let marked = marked(&claims, &state);
        let renewed = if is_old { Some(self.renewed(&claims, &state, now, input.policy)?) } else { None };
        self.sightings.add(claims.session, now);
        Ok(ContinuedSession {
            actor: Actor {
                account: state.account,
                uuid: state.uuid,
                role: state.role,
                session: claims.session,
            },
            is_proof_fresh: self.is_fresh(state.created_at, now),
            form_mark: self.signer.sign(&marked)?.digest(),
            marked,
            policy: input.policy,
            renewed,
        })
    }

    /// Who asks by a session that went on a while ago: the one who did, with the role of now. For work that waits for its
    /// client, so that nobody goes on by a session that has ended meanwhile or by a role that was taken away.
    pub async fn recheck(&self, session: &ContinuedSession) -> Result<Actor, ContinueSessionError> {
        let Actor { account, session: id, .. } = session.actor;
        let state = self.open(id, account, session.policy, self.clock.now()).await?;
        Ok(Actor { role: state.role, ..session.actor })
    }

    /// Whether a form carries the mark of a session. That of before a change of the secret of tokens is as good as the
    /// tokens of before: the form was open meanwhile.
    pub fn is_marked(
        &self,
        session: &ContinuedSession,
        mark: &SecretDigest,
    ) -> Result<bool, ContinueSessionError> {
        // Digests are compared in constant time.
        Ok(*mark == session.form_mark || self.signer.sign_again(&session.marked, mark)?.is_some())
    }

    /// The state of a session that is open.
    async fn open(
        &self,
        session: SessionId,
        account: AccountId,
        policy: SessionPolicy,
        now: OffsetDateTime,
    ) -> Result<SessionState, ContinueSessionError> {
        self.states
            .get(session)
            .await?
            .filter(|state| state.account == account && state.gives_access(now))
            .filter(|state| state.surface == policy.surface)
            // The setting may have been shortened since.
            .filter(|state| now - state.created_at < policy.session)
            .ok_or(ContinueSessionError::Revoked)
    }

    /// Whether a sign-in was a short while ago. One that is further ahead than clocks may differ was under a wrong
    /// clock.
    fn is_fresh(&self, signed_in_at: OffsetDateTime, now: OffsetDateTime) -> bool {
        signed_in_at - now <= self.leeway && now - signed_in_at < FRESH_PROOF
    }

    fn renewed(
        &self,
        claims: &Claims,
        state: &SessionState,
        now: OffsetDateTime,
        policy: SessionPolicy,
    ) -> Result<SecretToken, SignError> {
        let holder = Holder {
            account: state.account,
            uuid: state.uuid,
            subject: claims.subject.clone(),
            role: state.role,
            session: claims.session,
            session_ends: state.expires_at,
        };
        self.issuer.access(&holder, now, policy.access)
    }
}

/// Signing is deterministic, so the digest of a token that nobody is given is a MAC of its claims, and those follow
/// from the session alone.
fn marked(claims: &Claims, state: &SessionState) -> Claims {
    Claims {
        token_use: TokenUse::Access,
        subject: claims.subject.clone(),
        account: state.account,
        session: claims.session,
        id: TokenId(claims.session.0),
        role: None,
        issued_at: state.expires_at,
        expires_at: state.expires_at,
    }
}
