//! Issuing tokens.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::accounts::{AccountId, AccountUuid, Role};
use vestibule_domain::ports::{IdGenerator, SignError, TokenSigner};
use vestibule_domain::secret::SecretToken;
use vestibule_domain::sessions::{Claims, RefreshToken, SessionId, Subject, TokenId, TokenUse};

use crate::Deps;

/// Makes the tokens of a session.
pub(crate) struct TokenIssuer {
    ids: Arc<dyn IdGenerator>,
    signer: Arc<dyn TokenSigner>,
}

/// The account and session for which tokens are issued.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub account: AccountId,
    pub uuid: AccountUuid,
    /// The claim `sub` of access tokens.
    pub subject: Subject,
    pub role: Role,
    pub session: SessionId,
    /// The end of the session, which no token outlives.
    pub session_ends: OffsetDateTime,
}

impl TokenIssuer {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { ids: deps.ids.clone(), signer: deps.signer.clone() }
    }

    /// An access token that is accepted for `life` from `now` on.
    pub(crate) fn access(
        &self,
        holder: &Holder,
        now: OffsetDateTime,
        life: Duration,
    ) -> Result<SecretToken, SignError> {
        let issued_at = whole_seconds(now);
        self.signer.sign(&Claims {
            token_use: TokenUse::Access,
            subject: holder.subject.clone(),
            account: holder.account,
            session: holder.session,
            id: TokenId(self.ids.random()),
            role: Some(holder.role),
            issued_at,
            expires_at: (issued_at + life).min(holder.session_ends),
        })
    }

    /// A refresh token, and the record of it that is stored.
    pub(crate) fn refresh(
        &self,
        holder: &Holder,
        now: OffsetDateTime,
        life: Duration,
        parent: Option<TokenId>,
    ) -> Result<(SecretToken, RefreshToken), SignError> {
        let id = TokenId(self.ids.random());
        let issued_at = whole_seconds(now);
        let expires_at = (issued_at + life).min(holder.session_ends);
        let token = self.signer.sign(&refresh_claims(holder, id, issued_at, expires_at))?;
        let record = RefreshToken {
            id,
            session: holder.session,
            account: holder.account,
            parent,
            digest: token.digest(),
            issued_at,
            expires_at,
            rotated_at: None,
        };
        Ok((token, record))
    }

    /// Signs the refresh token of a stored record again. Signing is deterministic, so this is the same token. The
    /// record of a former release gives the token in the form of that release.
    pub(crate) fn refresh_again(
        &self,
        holder: &Holder,
        record: &RefreshToken,
    ) -> Result<SecretToken, SignError> {
        let claims = refresh_claims(holder, record.id, record.issued_at, record.expires_at);
        self.signer.sign_again(&claims, &record.digest)?.ok_or_else(|| SignError(NO_SUCH_FORM.into()))
    }
}

/// The error for a record whose token cannot be signed again.
const NO_SUCH_FORM: &str = "no form of a token has the digest that is stored";

/// The claims hold no role and no address, because both may change and the same record has to give the same token.
fn refresh_claims(
    holder: &Holder,
    id: TokenId,
    issued_at: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Claims {
    Claims {
        token_use: TokenUse::Refresh,
        subject: match holder.subject {
            Subject::Identity(uuid) => Subject::Identity(uuid),
            Subject::UserId(uuid) => Subject::UserId(uuid),
            Subject::Uuid(_) | Subject::Address(_) => Subject::Uuid(holder.uuid),
        },
        account: holder.account,
        session: holder.session,
        id,
        role: None,
        issued_at,
        expires_at,
    }
}

/// Cuts off fractions: times in tokens are whole seconds (RFC 7519 §2, `NumericDate` as clients expect it).
pub(crate) fn whole_seconds(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(0).unwrap_or(at)
}
