//! Signed tokens without cryptography.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{SignError, TokenError, TokenSigner};
use vestibule_domain::secret::{SecretDigest, SecretToken};
use vestibule_domain::sessions::{Claims, SessionId, Subject, TokenId, TokenUse};

/// In bytes, as the port says.
const MAX_TOKEN: usize = 8 * 1024;

/// A signer whose tokens are readable text, behind a digest of the text and a secret. To the use cases it
/// behaves like the real one: `tests/contract/token_signer.rs`.
pub struct PlainSigner {
    secret: String,
}

/// The claims as they travel.
#[derive(Serialize, Deserialize)]
struct Wire {
    token_use: String,
    subject: String,
    account: i64,
    session: Uuid,
    id: Uuid,
    role: Option<String>,
    /// Seconds since 1970, as `expires_at`.
    issued_at: i64,
    expires_at: i64,
}

impl PlainSigner {
    /// A signer with this secret.
    pub fn new(secret: &str) -> Self {
        Self { secret: secret.to_owned() }
    }

    fn digest(&self, payload: &str) -> String {
        SecretDigest::of(&format!("{}\n{payload}", self.secret)).to_hex()
    }

    /// The claims of a token that this signer made for this use.
    fn read(&self, token: &str, token_use: TokenUse) -> Option<Claims> {
        let (digest, payload) = token.split_once('.').filter(|_| token.len() <= MAX_TOKEN)?;
        if digest != self.digest(payload) {
            return None;
        }
        let wire: Wire = serde_json::from_str(payload).ok()?;
        if wire.token_use != format!("{token_use:?}") {
            return None;
        }
        Some(Claims {
            token_use,
            subject: Subject::read(&wire.subject)?,
            account: AccountId(wire.account),
            session: SessionId(wire.session),
            id: TokenId(wire.id),
            role: wire.role.map(|role| role.parse()).transpose().ok()?,
            issued_at: OffsetDateTime::from_unix_timestamp(wire.issued_at).ok()?,
            expires_at: OffsetDateTime::from_unix_timestamp(wire.expires_at).ok()?,
        })
    }
}

impl TokenSigner for PlainSigner {
    fn sign(&self, claims: &Claims) -> Result<SecretToken, SignError> {
        let wire = Wire {
            token_use: format!("{:?}", claims.token_use),
            subject: claims.subject.to_string(),
            account: claims.account.0,
            session: claims.session.0,
            id: claims.id.0,
            role: claims.role.map(|role| role.as_str().to_owned()),
            issued_at: claims.issued_at.unix_timestamp(),
            expires_at: claims.expires_at.unix_timestamp(),
        };
        let payload = serde_json::to_string(&wire).map_err(|error| SignError(error.into()))?;
        Ok(SecretToken::new(format!("{}.{payload}", self.digest(&payload))))
    }

    fn sign_again(&self, claims: &Claims, digest: &SecretDigest) -> Result<Option<SecretToken>, SignError> {
        Ok(Some(self.sign(claims)?).filter(|token| token.digest() == *digest))
    }

    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError> {
        let claims = self.read(token, token_use).ok_or(TokenError::Invalid)?;
        if claims.expires_at <= now { Err(TokenError::Expired) } else { Ok(claims) }
    }
}
