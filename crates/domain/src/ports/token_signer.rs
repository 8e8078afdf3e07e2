//! Signed tokens.

use time::OffsetDateTime;

use crate::Cause;
use crate::secret::SecretToken;
use crate::sessions::{Claims, TokenUse};

/// The signer failed.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed")]
pub struct SignError(#[source] pub Cause);

/// Why a token is not accepted. Of one that is not signed with our key nothing more is told than that:
/// it would help only a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token was good once.
    #[error("the token has expired")]
    Expired,
    /// Not a token of ours, or not one for this use.
    #[error("the token is not valid")]
    Invalid,
    /// Signed with our key for this use and not expired, but not in the form in which we issue
    /// tokens: by another service that shares the key, perhaps. It is never accepted.
    #[error("the token was not issued here")]
    Foreign,
}

/// Signs and verifies tokens (RFC 7519).
///
/// MUST be deterministic: equal claims give equal tokens, at any time. MUST accept one algorithm
/// only, and refuse tokens of over 8 KiB before it parses them.
pub trait TokenSigner: Send + Sync {
    /// Signs claims with the key of their use.
    fn sign(&self, claims: &Claims) -> Result<SecretToken, SignError>;

    /// Reads a token that is good at `now` for this use. A token is judged by its signature first; who
    /// has the key hears `Expired` or `Foreign`, everyone else `Invalid`.
    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError>;
}
