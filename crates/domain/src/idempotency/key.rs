//! Keys under which something is done once.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::AccountId;
use crate::secret::SecretDigest;

/// The id of one try to do what a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolderId(pub Uuid);

/// Where a key counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyPlace {
    /// Who sent it.
    pub account: AccountId,
    /// To what: a method and a path, at most 64 characters.
    pub scope: String,
    /// Digest of the key, as hexadecimal digits: keys are of any length and any characters.
    pub key: String,
}

impl KeyPlace {
    /// The place of a key as it was sent.
    pub fn new(account: AccountId, scope: &str, key: &SecretDigest) -> Self {
        Self { account, scope: scope.to_owned(), key: key.to_hex() }
    }
}

/// A request that would be done under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where the key counts.
    pub place: KeyPlace,
    /// Digest of what was asked for.
    pub request: SecretDigest,
    /// Who asks for the turn.
    pub holder: HolderId,
    /// When.
    pub now: OffsetDateTime,
    /// From when on another may have the turn, if this one has not answered.
    pub held_until: OffsetDateTime,
    /// From when on the key is as if it had never been sent.
    pub expires_at: OffsetDateTime,
}

/// What becomes of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// It is the holder's turn.
    Turn,
    /// The same was asked for and answered before.
    Answered(String),
    /// The same is being done.
    UnderWay,
    /// Something else was asked for under this key.
    OtherRequest,
}
