//! Signed tokens.

use time::OffsetDateTime;

use crate::Cause;
use crate::secret::SecretToken;
use crate::sessions::{Claims, TokenUse};

/// The signer failed.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed")]
pub struct SignError(#[source] pub Cause);

/// Why a token is not accepted. Nothing finer is told: it would help only a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token was good once.
    #[error("the token has expired")]
    Expired,
    /// Not a token of ours, or not one for this use.
    #[error("the token is not valid")]
    Invalid,
}

/// Signs and verifies tokens (RFC 7519).
///
/// MUST be deterministic: equal claims give equal tokens, at any time. MUST accept one algorithm
/// only, and refuse tokens of over 8 KiB before it parses them.
pub trait TokenSigner: Send + Sync {
    /// Signs claims with the key of their use.
    fn sign(&self, claims: &Claims) -> Result<SecretToken, SignError>;

    /// Reads a token that is good at `now` for this use.
    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError>;
}
