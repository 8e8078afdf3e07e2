//! Tokens as the original reads them, and why one is refused (mobile contract 1).

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Map, Value};
use vestibule_application::sessions::TokenFault;
use vestibule_application::{Code, CodedError, Deps, Services};
use vestibule_domain::sessions::TokenUse;

use super::policy::MobilePolicy;
use super::token_form::{self, TokenForm};
use super::{Rejection, codes};
use crate::http::FrameworkProblem;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is refused: {}", self.code().name())]
pub(super) enum TokenRefused {
    /// The request has no token.
    NoHeader,
    /// The header is not `Bearer <JWT>`.
    BadHeader,
    /// The text does not have the form of a token.
    Form(token_form::Broken),
    /// The token names another algorithm.
    Algorithm,
    /// The signature is not by the key of this server.
    Signature,
    /// The token is not valid yet.
    NotYetValid,
    /// The token has expired.
    Expired,
    /// The claim `identity` is missing.
    WithoutIdentity,
    /// The claim `identity` is null or empty.
    OfNobody,
    /// The token is not an access token.
    NotAccess,
    /// The token is not a refresh token.
    NotRefresh,
    /// The token belongs to no open session.
    Revoked,
}

impl CodedError for TokenRefused {
    fn code(&self) -> Code {
        match self {
            Self::NoHeader => codes::NOT_AUTHENTICATED,
            Self::BadHeader => codes::AUTHORIZATION_MALFORMED,
            Self::Form(broken) => broken.code(),
            Self::Algorithm => codes::TOKEN_ALGORITHM,
            Self::Signature => codes::TOKEN_SIGNATURE,
            Self::NotYetValid => codes::TOKEN_NOT_YET_VALID,
            Self::Expired => codes::ACCESS_TOKEN_EXPIRED,
            Self::WithoutIdentity => codes::TOKEN_WITHOUT_IDENTITY,
            Self::OfNobody => codes::TOKEN_OF_NOBODY,
            Self::NotAccess => codes::ACCESS_TOKENS_ONLY,
            Self::NotRefresh => codes::REFRESH_TOKENS_ONLY,
            Self::Revoked => codes::ACCESS_TOKEN_REVOKED,
        }
    }
}

/// The token of a request. Of several credentials with commas between them the first one with `Bearer` counts.
pub(super) fn credential(request: &HttpRequest) -> Result<&str, TokenRefused> {
    let header = request.headers().get(AUTHORIZATION).ok_or(TokenRefused::NoHeader)?;
    // A header that is no text is one that is not understood.
    let header = header.to_str().unwrap_or("?").trim();
    if header.is_empty() {
        return Err(TokenRefused::NoHeader);
    }
    let mut bearers = header.split(',').filter_map(|credential| {
        let mut words = credential.split_ascii_whitespace();
        words.next().filter(|scheme| scheme.eq_ignore_ascii_case("bearer")).map(|_| words)
    });
    let mut words = bearers.next().ok_or(TokenRefused::BadHeader)?;
    match (words.next(), words.next()) {
        (Some(token), None) => Ok(token),
        _ => Err(TokenRefused::BadHeader),
    }
}

/// Finds out why a token was refused where a token of this use belongs.
pub(super) fn fault(
    request: &HttpRequest,
    token: &str,
    expected: TokenUse,
) -> Result<TokenRefused, Rejection> {
    let policy = request.app_data::<web::Data<MobilePolicy>>().ok_or(FrameworkProblem::Panicked)?;
    let services = request.app_data::<web::Data<Services>>().ok_or(FrameworkProblem::Panicked)?;
    let deps = request.app_data::<web::Data<Deps>>().ok_or(FrameworkProblem::Panicked)?;
    let form = match token_form::read(token) {
        Ok(form) => form,
        Err(broken) => return Ok(TokenRefused::Form(broken)),
    };
    if form.algorithm() != Some(policy.algorithm) {
        return Ok(TokenRefused::Algorithm);
    }
    let other_use = || match expected {
        TokenUse::Refresh => TokenRefused::NotRefresh,
        TokenUse::Access | TokenUse::Email | TokenUse::Recovery => TokenRefused::NotAccess,
    };
    Ok(match services.verify_access.fault(token, expected) {
        TokenFault::Expired => TokenRefused::Expired,
        TokenFault::OtherUse => other_use(),
        TokenFault::Invalid => TokenRefused::Signature,
        TokenFault::Foreign => {
            foreign(&form, deps.clock.now().unix_timestamp(), expected).unwrap_or_else(other_use)
        }
    })
}

/// What is wrong with a token that is signed with our key and was not issued here; `None` if its use is another.
fn foreign(form: &TokenForm, now: i64, expected: TokenUse) -> Option<TokenRefused> {
    let claims = form.claims();
    if claims.nbf.is_some_and(|nbf| nbf > now) {
        return Some(TokenRefused::NotYetValid);
    }
    let expected = if expected == TokenUse::Refresh { "refresh" } else { "access" };
    match (claims.identity, claims.token_type) {
        (None, _) => Some(TokenRefused::WithoutIdentity),
        (_, Some(token_type)) if token_type != expected => None,
        (Some(Value::Null), _) => Some(TokenRefused::OfNobody),
        (Some(Value::String(identity)), _) if identity.is_empty() => Some(TokenRefused::OfNobody),
        (Some(_), _) => Some(TokenRefused::Revoked),
    }
}

/// The claims that are read of a foreign payload.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ForeignClaims {
    nbf: Option<i64>,
    identity: Option<Value>,
    token_type: Option<String>,
}

impl From<&Map<String, Value>> for ForeignClaims {
    fn from(payload: &Map<String, Value>) -> Self {
        Self {
            nbf: payload.get("nbf").and_then(Value::as_i64),
            identity: payload.get("identity").cloned(),
            token_type: payload.get("type").and_then(Value::as_str).map(str::to_owned),
        }
    }
}
