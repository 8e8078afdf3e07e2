//! Signed tokens.

use time::OffsetDateTime;

use crate::Cause;
use crate::secret::{SecretDigest, SecretToken};
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

    /// Signs claims as they were signed when they gave the token with this digest: as [`TokenSigner::sign`]
    /// does, or in the form of a former release or audience. `None` if no form gives it.
    fn sign_again(&self, claims: &Claims, digest: &SecretDigest) -> Result<Option<SecretToken>, SignError>;

    /// Reads a token that is good at `now` for this use. A token is judged by its signature first; who
    /// has the key hears `Expired` or `Foreign`, everyone else `Invalid`.
    ///
    /// A token is expired from its `exp` on, to the second. It is never refused for its `iat`, and for an
    /// `nbf`, which former releases wrote, only if that is ahead by more than the signer's leeway.
    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError>;
}
