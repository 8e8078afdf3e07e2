//! Where codes are kept.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{CodeKey, VerificationCode};
use crate::secret::SecretDigest;
use crate::store::StoreError;

/// Codes: one for each key.
#[async_trait]
pub trait VerificationCodeRepository: Send {
    /// Keeps a code in the place of the one that has its key, which is good no more.
    ///
    /// MUST answer `Conflict` with `ForeignKey` when it names an account that is not there.
    async fn put(&mut self, code: &VerificationCode) -> Result<(), StoreError>;

    /// Counts a try, and answers the code to compare with. `None`, and no change, if there is no code with this key
    /// that is good at `now`, was not given back yet, and was tried less than `limit` times.
    ///
    /// MUST answer `limit` callers at the most, however they race, and nobody else before the unit of work of
    /// the caller has ended.
    async fn count_try(
        &mut self,
        key: &CodeKey,
        limit: u32,
        now: OffsetDateTime,
    ) -> Result<Option<VerificationCode>, StoreError>;

    /// Makes a code a proof that is good before `until`: `prover` takes the place of the digest. `false`, and no
    /// change, if the code has another digest, or is a proof already.
    async fn prove(
        &mut self,
        key: &CodeKey,
        digest: &SecretDigest,
        prover: &SecretDigest,
        at: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Whether there is a proof of this prover that is good at `now`.
    async fn has_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Removes a proof of this prover that is good at `now`. Of two calls at once one gets `true`.
    async fn use_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError>;

    /// Removes the code or the proof with this key. `true` if there was one: of two calls at once one gets it.
    async fn remove(&mut self, key: &CodeKey) -> Result<bool, StoreError>;

    /// Removes what expired at or before `until`, `limit` at the most. Answers how many.
    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError>;
}
