//! The claims as they travel.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::sessions::{Claims, SessionId, TokenId, TokenUse};

/// The payload. Serialised in the order of the fields, so that equal claims give equal tokens.
///
/// Every claim but `role` is required, and none may come twice: serde sees to both.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire<'a> {
    #[serde(borrow)]
    pub(super) iss: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) aud: Cow<'a, str>,
    sub: Uuid,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    #[serde(rename = "use", borrow)]
    token_use: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    role: Option<Cow<'a, str>>,
    user_id: i64,
}

impl<'a> Wire<'a> {
    pub(super) fn new(claims: &Claims, issuer: &'a str, audience: &'a str) -> Self {
        Self {
            iss: issuer.into(),
            aud: audience.into(),
            sub: claims.subject.0,
            sid: claims.session.0,
            jti: claims.id.0,
            iat: claims.issued_at.unix_timestamp(),
            nbf: claims.issued_at.unix_timestamp(),
            exp: claims.expires_at.unix_timestamp(),
            token_use: label(claims.token_use).into(),
            role: claims.role.map(|role| role.as_str().to_ascii_lowercase().into()),
            user_id: claims.account.0,
        }
    }

    /// The claims, if they are for this use. `None` also for an unknown role or a time beyond year
    /// 9999: no token of ours has either.
    pub(super) fn claims(&self, token_use: TokenUse) -> Option<Claims> {
        if self.token_use != label(token_use) {
            return None;
        }
        Some(Claims {
            token_use,
            subject: AccountUuid(self.sub),
            account: AccountId(self.user_id),
            session: SessionId(self.sid),
            id: TokenId(self.jti),
            role: self.role.as_deref().map(str::parse).transpose().ok()?,
            issued_at: OffsetDateTime::from_unix_timestamp(self.iat).ok()?,
            expires_at: OffsetDateTime::from_unix_timestamp(self.exp).ok()?,
        })
    }
}

/// The value of the claim `use`.
fn label(token_use: TokenUse) -> &'static str {
    match token_use {
        TokenUse::Access => "access",
        TokenUse::Refresh => "refresh",
        TokenUse::Email => "email",
    }
}
