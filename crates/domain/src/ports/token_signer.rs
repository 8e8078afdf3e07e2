//! Signed tokens.

use time::OffsetDateTime;

use crate::Cause;
use crate::secret::{SecretDigest, SecretToken};
use crate::sessions::{Claims, TokenUse};

/// The signer failed.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed")]
pub struct SignError(#[source] pub Cause);

/// Why a token is not accepted. A token that is not signed with our key is always `Invalid`: more detail would help
/// only a forger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token is ours, and its `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// The token is not signed with our key, or not for this use.
    #[error("the token is not valid")]
    Invalid,
    /// The token is signed with our key for this use and has not expired, but it does not have the form that we
    /// issue. Perhaps another service that shares the key made it. It is never accepted.
    #[error("the token was not issued here")]
    Foreign,
}

/// Signs and verifies tokens (RFC 7519).
///
/// MUST be deterministic: equal claims give equal tokens, at any time. MUST accept only one algorithm. MUST refuse
/// tokens over 8 KiB before parsing them.
pub trait TokenSigner: Send + Sync {
    /// Signs claims with the key of their use.
    fn sign(&self, claims: &Claims) -> Result<SecretToken, SignError>;

    /// Signs claims again, so that the result is the token with this digest. It may have the form that a former
    /// release or a former audience gave. `None` if no known form has this digest.
    fn sign_again(&self, claims: &Claims, digest: &SecretDigest) -> Result<Option<SecretToken>, SignError>;

    /// Reads a token that is accepted at `now` for this use. The signature is checked first: `Expired` and `Foreign`
    /// are answered only for tokens that are signed with our key.
    ///
    /// A token is expired from its `exp` on, to the second. It is never refused for its `iat`. Former releases wrote
    /// an `nbf`; a token is refused for it only if it is further ahead than the signer's leeway.
    fn verify(&self, token: &str, token_use: TokenUse, now: OffsetDateTime) -> Result<Claims, TokenError>;
}
