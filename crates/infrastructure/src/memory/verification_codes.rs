//! Codes.

use async_trait::async_trait;
use time::OffsetDateTime;
use vestibule_domain::accounts::AccountId;
use vestibule_domain::secret::SecretDigest;
use vestibule_domain::store::StoreError;
use vestibule_domain::verification::{CodeKey, VerificationCode, VerificationCodeRepository};

use super::row::EARLIEST;
use super::row::Row;
use super::rows::verification_codes::{CodeEntry, CodeRow, entry, is_proof, of_account};
use super::scope::{Access, MemoryScope};
use super::tables::Tables;

impl Tables {
    /// Removes the codes of an account.
    pub(super) fn remove_codes_of(&mut self, account: AccountId) {
        self.verification_codes.remove_range(of_account(account), u64::MAX, |_| true);
    }

    /// Whether no code of an account is good after this time.
    pub(super) fn codes_have_ended(&self, account: AccountId, at: OffsetDateTime) -> bool {
        self.verification_codes.range(of_account(account)).all(|row| row.code.expires_at <= at)
    }
}

impl<A: Access> MemoryScope<A> {
    /// Changes the code with this key. `false`, and no change, if there is none or `change` says no.
    async fn change_code(
        &mut self,
        key: &CodeKey,
        change: impl FnOnce(&mut VerificationCode) -> bool + Send,
    ) -> Result<Option<VerificationCode>, StoreError> {
        self.0
            .write(|tables| {
                let Some(number) = tables.verification_codes.find(&entry(key)).map(Row::key) else {
                    return Ok(None);
                };
                let is_changed = tables.verification_codes.update(number, |row| change(&mut row.code))?;
                let row = tables.verification_codes.get(number).filter(|_| is_changed);
                Ok(row.map(|row| row.code.clone()))
            })
            .await
    }

    /// Removes the code with this key, if it is one that is meant.
    async fn remove_code(
        &mut self,
        key: &CodeKey,
        is_meant: impl FnOnce(&VerificationCode) -> bool + Send,
    ) -> Result<bool, StoreError> {
        self.0
            .write(|tables| {
                let found = tables.verification_codes.find(&entry(key)).filter(|row| is_meant(&row.code));
                let number = found.map(Row::key);
                Ok(number.is_some_and(|number| tables.verification_codes.remove(number)))
            })
            .await
    }
}

#[async_trait]
impl<A: Access> VerificationCodeRepository for MemoryScope<A> {
    async fn put(&mut self, code: &VerificationCode) -> Result<(), StoreError> {
        self.0
            .write(|tables| {
                if let Some(account) = code.account {
                    tables.require_account(account)?;
                }
                let held = tables.verification_codes.find(&entry(&code.key)).map(Row::key);
                let number = held.unwrap_or_else(|| tables.next_code());
                tables.verification_codes.put(CodeRow { number, code: code.clone() })
            })
            .await
    }

    async fn count_try(
        &mut self,
        key: &CodeKey,
        limit: u32,
        now: OffsetDateTime,
    ) -> Result<Option<VerificationCode>, StoreError> {
        self.change_code(key, |code| {
            let may_be_tried = code.verified_at.is_none() && code.attempts < limit && now < code.expires_at;
            code.attempts += u32::from(may_be_tried);
            may_be_tried
        })
        .await
    }

    async fn prove(
        &mut self,
        key: &CodeKey,
        digest: &SecretDigest,
        prover: &SecretDigest,
        at: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let changed = self.change_code(key, |code| {
            let fits = code.verified_at.is_none() && code.digest == *digest;
            if fits {
                code.digest = *prover;
                code.verified_at = Some(at);
                code.expires_at = until;
            }
            fits
        });
        Ok(changed.await?.is_some())
    }

    async fn has_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.0.read(|tables| {
            let row = tables.verification_codes.find(&entry(key));
            row.is_some_and(|row| is_proof(&row.code, prover, now))
        })
    }

    async fn use_proof(
        &mut self,
        key: &CodeKey,
        prover: &SecretDigest,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.remove_code(key, |code| is_proof(code, prover, now)).await
    }

    async fn remove(&mut self, key: &CodeKey) -> Result<bool, StoreError> {
        self.remove_code(key, |_| true).await
    }

    async fn purge_expired(&mut self, until: OffsetDateTime, limit: u64) -> Result<u64, StoreError> {
        let expired = CodeEntry::Expiry(EARLIEST, i64::MIN)..=CodeEntry::Expiry(until, i64::MAX);
        self.0
            .write(|tables| Ok(tables.verification_codes.remove_range(expired, limit, |_| true).len() as u64))
            .await
    }
}
