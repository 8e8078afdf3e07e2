//! The claims as JSON.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{AccountId, AccountUuid};
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};

/// The parts of a token that do not depend on its account.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// `aud`.
    pub(super) audience: Option<&'a str>,
    /// Whether there is an `nbf`, which equals `iat`. Former releases wrote it.
    pub(super) has_nbf: bool,
}

/// The payload. Its fields are serialised in this order, so that equal claims give equal tokens.
///
/// Every claim except `aud`, `nbf`, `role`, `account`, `typ`, `identity` and `type` is required, and no claim may come
/// twice; serde checks both.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire<'a> {
    #[serde(borrow)]
    pub(super) iss: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) aud: Option<Cow<'a, str>>,
    #[serde(borrow)]
    sub: Cow<'a, str>,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) nbf: Option<i64>,
    pub(super) exp: i64,
    #[serde(rename = "use", borrow)]
    token_use: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    role: Option<Cow<'a, str>>,
    user_id: UserId,
    /// The integer id, wherever `user_id` is the opaque one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<i64>,
    /// The kind of the token, wherever `account` is.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    typ: Option<Cow<'a, str>>,
    /// The opaque id once more, in the tokens of some surfaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<Uuid>,
    /// The use once more, wherever `identity` is.
    #[serde(rename = "type", borrow, default, skip_serializing_if = "Option::is_none")]
    token_type: Option<Cow<'a, str>>,
}

/// The claim `user_id`. It is read by hand, because serde tries one kind after the other of an untagged one, and writes an
/// error for each that it is not.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum UserId {
    /// The integer id.
    Number(i64),
    /// The opaque id, in the tokens of some surfaces.
    Text(Uuid),
}

impl<'de> Deserialize<'de> for UserId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfEither;

        impl Visitor<'_> for OfEither {
            type Value = UserId;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an integer or a UUID")
            }

            fn visit_i64<E: de::Error>(self, id: i64) -> Result<UserId, E> {
                Ok(UserId::Number(id))
            }

            fn visit_u64<E: de::Error>(self, id: u64) -> Result<UserId, E> {
                i64::try_from(id).map(UserId::Number).map_err(E::custom)
            }

            fn visit_str<E: de::Error>(self, uuid: &str) -> Result<UserId, E> {
                uuid.parse().map(UserId::Text).map_err(E::custom)
            }
        }

        deserializer.deserialize_any(OfEither)
    }
}

impl<'a> Wire<'a> {
    pub(super) fn new(claims: &Claims, issuer: &'a str, form: Form<'a>) -> Self {
        let identity = match claims.subject {
            Subject::Identity(uuid) => Some(uuid.0),
            Subject::Uuid(_) | Subject::UserId(_) | Subject::Address(_) => None,
        };
        let (user_id, account) = match claims.subject {
            Subject::UserId(uuid) => (UserId::Text(uuid.0), Some(claims.account.0)),
            Subject::Uuid(_) | Subject::Identity(_) | Subject::Address(_) => {
                (UserId::Number(claims.account.0), None)
            }
        };
        Self {
            iss: issuer.into(),
            aud: form.audience.map(Into::into),
            sub: claims.subject.to_string().into(),
            sid: claims.session.0,
            jti: claims.id.0,
            iat: claims.issued_at.unix_timestamp(),
            nbf: form.has_nbf.then(|| claims.issued_at.unix_timestamp()),
            exp: claims.expires_at.unix_timestamp(),
            token_use: label(claims.token_use).into(),
            role: claims.role.map(|role| role.as_str().to_ascii_lowercase().into()),
            user_id,
            account,
            typ: account.map(|_| kind(claims.token_use).into()),
            identity,
            token_type: identity.map(|_| label(claims.token_use).into()),
        }
    }

    /// The claims, if they are for this use. `None` also for an unknown role, a time beyond the year 9999, an unreadable
    /// subject or claims that name two accounts: no token of ours has one.
    pub(super) fn claims(&self, token_use: TokenUse) -> Option<Claims> {
        if self.token_use != label(token_use) {
            return None;
        }
        let (subject, account) = self.holder()?;
        Some(Claims {
            token_use,
            subject,
            account,
            session: SessionId(self.sid),
            id: TokenId(self.jti),
            role: self.role.as_deref().map(str::parse).transpose().ok()?,
            issued_at: OffsetDateTime::from_unix_timestamp(self.iat).ok()?,
            expires_at: OffsetDateTime::from_unix_timestamp(self.exp).ok()?,
        })
    }

    /// Whom the token is about, and the integer id. What says the opaque id once more has to agree with `sub`.
    fn holder(&self) -> Option<(Subject, AccountId)> {
        let subject = Subject::read(&self.sub)?;
        let again = |uuid| Some(AccountUuid(uuid)).filter(|again| subject.uuid() == Some(*again));
        match (self.user_id, self.account, self.identity) {
            (UserId::Number(account), None, None) => Some((subject, AccountId(account))),
            (UserId::Number(account), None, Some(uuid)) => {
                Some((Subject::Identity(again(uuid)?), AccountId(account)))
            }
            (UserId::Text(uuid), Some(account), None) => {
                Some((Subject::UserId(again(uuid)?), AccountId(account)))
            }
            _ => None,
        }
    }
}

/// The value of the claim `typ` (admin contract 4).
fn kind(token_use: TokenUse) -> &'static str {
    match token_use {
        TokenUse::Access => "access_token",
        TokenUse::Refresh => "refresh_token",
        TokenUse::Email => "email_token",
        TokenUse::Recovery => "recovery_token",
    }
}

/// The value of the claim `use`.
fn label(token_use: TokenUse) -> &'static str {
    match token_use {
        TokenUse::Access => "access",
        TokenUse::Refresh => "refresh",
        TokenUse::Email => "email",
        TokenUse::Recovery => "recovery",
    }
}
